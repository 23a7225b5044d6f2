import type { Outbox, OutboxMessage } from "./outbox.ts";

/** Answers with server-sent events, one `message` each: first what the reader has not seen by its `Last-Event-ID`, then what comes. */
export function outboxStream(outbox: Outbox, request: Request): Response {
  const seen = Number(request.headers.get("last-event-id") ?? 0);
  const encoder = new TextEncoder();
  let leave = (): void => {};
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      const send = (message: OutboxMessage): void => {
        controller.enqueue(encoder.encode(`event: message\nid: ${message.id}\ndata: ${JSON.stringify(message)}\n\n`));
      };
      // A comment first, so that the reader knows at once that the line is open.
      controller.enqueue(encoder.encode(": open\n\n"));
      for (const message of outbox.list()) if (Number(message.id) > seen) send(message);
      leave = outbox.subscribe(send);
    },
    cancel: () => leave(),
  });
  return new Response(body, { headers: { "content-type": "text/event-stream", "cache-control": "no-store" } });
}
