import { type OutboxMessage, outboxMessageSchema } from "../outbox-message.ts";

/** What was delivered so far, as a store that React can subscribe to. */
export interface OutboxStore {
  /** Oldest first; the same array until something changes. */
  messages(): readonly OutboxMessage[];
  subscribe(listener: () => void): () => void;
}

/**
 * Opens the stream of messages and keeps what it brings. The browser reconnects by itself and names the last id it saw,
 * so nothing is shown twice.
 */
export function openOutbox(address = "/demo/outbox/stream"): OutboxStore {
  let messages: readonly OutboxMessage[] = [];
  const listeners = new Set<() => void>();
  const become = (next: readonly OutboxMessage[]): void => {
    messages = next;
    for (const listener of listeners) listener();
  };
  const source = new EventSource(address);
  source.addEventListener("message", ({ data }: MessageEvent<string>) => {
    const message = outboxMessageSchema.parse(JSON.parse(data));
    if (!messages.some(({ id }) => id === message.id)) become([...messages, message]);
  });
  source.addEventListener("cleared", () => become([]));
  return {
    messages: () => messages,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
