import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from "node:http";

/** A load balancer that knows nothing of sessions: each request goes to the next node. */
export type RoundRobin = { port: number; close(): void };

/**
 * Opens one on a free port of loopback in front of the nodes at `ports`. A node that takes no connection is passed over; where one
 * breaks off later the answer is 502, for the request may have been done.
 */
export async function openRoundRobin(ports: readonly number[]): Promise<RoundRobin> {
  const agent = new Agent({ keepAlive: true });
  let turn = 0;

  function passOn(asked: IncomingMessage, answer: ServerResponse, body: Buffer, tries: number): void {
    turn += 1;
    const forwarded = request(
      {
        host: "127.0.0.1",
        port: ports[turn % ports.length],
        agent,
        method: asked.method,
        path: asked.url,
        headers: asked.headers,
      },
      (answered) => {
        answered.once("error", () => answer.destroy());
        answer.writeHead(answered.statusCode ?? 502, answered.headers);
        answered.pipe(answer);
      },
    );
    forwarded.once("error", (error: NodeJS.ErrnoException) => {
      if (answer.headersSent) answer.destroy();
      else if (error.code === "ECONNREFUSED" && tries > 1) passOn(asked, answer, body, tries - 1);
      else answer.writeHead(502, { "content-type": "text/html" }).end("<h1>Bad gateway</h1>");
    });
    forwarded.end(body);
  }

  const server = createServer((asked, answer) => {
    const parts: Buffer[] = [];
    asked.on("data", (bytes: Buffer) => parts.push(bytes));
    asked.once("end", () => passOn(asked, answer, Buffer.concat(parts), ports.length));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  return {
    port: typeof address === "object" && address ? address.port : 0,
    close() {
      agent.destroy();
      server.closeAllConnections();
      server.close();
    },
  };
}
