import type { Outbox, OutboxMessage } from "../simulator/outbox.ts";

/** Every page that looks at the pretend phone or mailbox right now. */
export interface OutboxStreams {
  /** Opens a stream of server-sent events: what was delivered after `lastId`, then each message as it arrives. */
  open(lastId: string | null): Response;
  /** Tells every open page that all messages are gone. */
  clear(): void;
  /** Ends every stream, without which a server could not stop. */
  close(): void;
}

/** A second: the dock must be back soon after a restart, and nobody is harmed by one connection a second. */
const RECONNECT_MS = 1000;

const encoder = new TextEncoder();

/** Creates the streams over one outbox (WHATWG HTML, server-sent events). */
export function createOutboxStreams(outbox: Pick<Outbox, "list" | "subscribe">): OutboxStreams {
  const open = new Set<{ write(text: string): void; end(): void }>();

  function openStream(lastId: string | null): Response {
    let forget = (): void => undefined;
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        const write = (text: string): void => controller.enqueue(encoder.encode(text));
        const send = (message: OutboxMessage): void => write(`id: ${message.id}\ndata: ${JSON.stringify(message)}\n\n`);
        write(`retry: ${RECONNECT_MS}\n\n`);
        for (const message of outbox.list()) if (lastId === null || Number(message.id) > Number(lastId)) send(message);
        const unsubscribe = outbox.subscribe(send);
        const stream = { write, end: () => controller.close() };
        open.add(stream);
        forget = () => {
          unsubscribe();
          open.delete(stream);
        };
      },
      cancel: () => forget(),
    });
    return new Response(body, { headers: { "Content-Type": "text/event-stream", "Cache-Control": "no-store" } });
  }

  return {
    open: openStream,
    clear() {
      for (const { write } of open) write("event: cleared\ndata: {}\n\n");
    },
    close() {
      for (const { end } of open) end();
      open.clear();
    },
  };
}
