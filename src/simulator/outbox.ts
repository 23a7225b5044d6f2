/** A message as the receiver gets it. `at` is epoch milliseconds; a call's `text` is what is read aloud. */
export interface OutboxMessage {
  readonly id: string;
  readonly at: number;
  readonly channel: "sms" | "voice" | "email";
  readonly to: string;
  readonly text: string;
  readonly subject?: string;
  readonly code?: string;
}

/** Everything the pretend phone network and mail carrier delivered. */
export interface Outbox {
  post(message: Omit<OutboxMessage, "id" | "at">): OutboxMessage;
  list(): readonly OutboxMessage[];
  /** Calls the listener for each later message; the returned function ends that. */
  subscribe(listener: (message: OutboxMessage) => void): () => void;
  /** Throws the messages away and keeps the listeners. */
  clear(): void;
}

/** Messages kept; a demo left running for days must not grow without end. */
const KEPT = 1000;

/** Creates an empty outbox. Ids go on counting after a clear, so that a reader never mistakes a new message for an old one. */
export function createOutbox(now: () => number): Outbox {
  let messages: OutboxMessage[] = [];
  let count = 0;
  const listeners = new Set<(message: OutboxMessage) => void>();
  return {
    post(message) {
      count += 1;
      const posted = { id: String(count), at: now(), ...message };
      messages = [...messages, posted].slice(-KEPT);
      for (const listener of listeners) listener(posted);
      return posted;
    },
    list: () => messages,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    clear() {
      messages = [];
    },
  };
}
