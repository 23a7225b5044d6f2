import { createServer, type IncomingMessage, type Server } from "node:http";
import { getRequestListener } from "@hono/node-server";

/** A Fetch handler that is also told who sent the request. */
export type NodeFetch = (request: Request, peer: { address: string | null }) => Promise<Response>;

/** A running listener. */
export type Listening = {
  /** The port it took: another than asked for when `fallback` was set and the first was taken. */
  port: number;
  /** Stops taking requests, gives the ones under way two seconds to finish, and resolves when all are done. */
  close(): Promise<void>;
};

/** Ten seconds for the headers, thirty for the whole request: an honest browser needs far less for 4 KiB. */
const HEADERS_TIMEOUT_MS = 10_000;
const REQUEST_TIMEOUT_MS = 30_000;
/** Eight KiB: room for a session cookie and what browsers send, no more. */
const MAX_HEADER_BYTES = 8 * 1024;
/** Keep-alive connections would hold a stopping server for seconds. */
const CLOSE_IDLE_EVERY_MS = 50;
/** Two seconds for the requests under way: longer, and whoever pressed Ctrl-C believes that nothing happens. */
const CLOSE_WITHIN_MS = 2_000;
/** How many ports are tried after the one that was asked for. */
const FALLBACK_PORTS = 20;

/** Serves a Fetch handler over HTTP. Rejects when no port can be had. The one place of the BFF that knows node:http. */
export async function listen(options: {
  fetch: NodeFetch;
  host: string;
  port: number;
  fallback?: boolean;
}): Promise<Listening> {
  const { fetch, host, port, fallback = false } = options;
  const listener = getRequestListener((request, env) => fetch(request, { address: peerOf(env) }), {
    overrideGlobalObjects: false,
  });
  const server = createServer(
    { maxHeaderSize: MAX_HEADER_BYTES },
    (incoming, outgoing) => void listener(incoming, outgoing),
  );
  server.headersTimeout = HEADERS_TIMEOUT_MS;
  server.requestTimeout = REQUEST_TIMEOUT_MS;
  const last = fallback ? port + FALLBACK_PORTS : port;
  for (let candidate = port; ; candidate += 1) {
    try {
      await bind(server, host, candidate);
      break;
    } catch (error) {
      const taken = error instanceof Error && "code" in error && error.code === "EADDRINUSE";
      if (!taken || candidate >= last) throw error;
    }
  }
  const address = server.address();
  return { port: typeof address === "object" && address ? address.port : port, close: () => stop(server) };
}

function peerOf(env: unknown): string | null {
  const incoming = typeof env === "object" && env !== null && "incoming" in env ? env.incoming : null;
  // A socket for both families writes an IPv4 address as an IPv6 one (RFC 4291 section 2.5.5.2).
  return isIncoming(incoming) ? (incoming.socket.remoteAddress?.replace(/^::ffff:(?=[\d.]+$)/, "") ?? null) : null;
}

function isIncoming(value: unknown): value is IncomingMessage {
  return typeof value === "object" && value !== null && "socket" in value;
}

function bind(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      resolve();
    });
  });
}

function stop(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const idle = setInterval(() => server.closeIdleConnections(), CLOSE_IDLE_EVERY_MS);
    const late = setTimeout(() => server.closeAllConnections(), CLOSE_WITHIN_MS);
    server.close(() => {
      clearInterval(idle);
      clearTimeout(late);
      resolve();
    });
    server.closeIdleConnections();
  });
}
