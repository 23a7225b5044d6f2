import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { getRequestListener } from "@hono/node-server";
import { PRIVATE_HEADERS } from "./answers.ts";
import type { Asked, Answered, Exchange } from "./exchange.ts";
import { answerUnreadable } from "./unreadable.ts";

/** A Fetch handler that is also told who sent the request. */
export type NodeFetch = (request: Request, from: { peer: string | null }) => Promise<Response>;

/** A running listener. */
export type Listening = {
  /** The port it took: another than asked for when `fallback` was set and the first was taken. */
  port: number;
  /** From now on each answer is the last one of its connection, so that none is cut off when the server stops. */
  leave(): void;
  /** Stops taking requests, gives the ones under way `withinMs` to finish, two seconds by default, and resolves when all are done. */
  close(withinMs?: number): Promise<void>;
};

/** Ten seconds for the headers, fifteen for the whole request: an honest browser needs far less for 4 KiB. */
const HEADERS_TIMEOUT_MS = 10_000;
const REQUEST_TIMEOUT_MS = 15_000;
/** Connections of one node: ten for each request that it takes in work by default, as browsers keep theirs open for a while. */
const MOST_CONNECTIONS = 10_000;
/** Eight KiB: room for a session cookie and what browsers send, no more. */
const MAX_HEADER_BYTES = 8 * 1024;
/** Keep-alive connections would hold a stopping server for seconds. */
const CLOSE_IDLE_EVERY_MS = 50;
/** Two seconds for the requests under way: longer, and whoever pressed Ctrl-C believes that nothing happens. */
const CLOSE_WITHIN_MS = 2_000;
/** How often connections are held against the limits above; Node's own half a minute would double them. */
const CHECK_EVERY_MS = 2_000;
/** How many ports are tried after the one that was asked for. */
const FALLBACK_PORTS = 20;

/**
 * Serves a Fetch handler over HTTP, and at and below the path `door.below` an inner door. Rejects when no port can be had. The one
 * place of the BFF that knows node:http.
 */
export async function listen(options: {
  fetch: NodeFetch;
  door?: { below: string; exchange: Exchange };
  host: string;
  port: number;
  fallback?: boolean;
}): Promise<Listening> {
  const { fetch, door, host, port, fallback = false } = options;
  const listener = getRequestListener((request, env) => fetch(request, { peer: peerOf(env) }), {
    overrideGlobalObjects: false,
  });
  let isLeaving = false;
  const isAtDoor = (url: string) =>
    door !== undefined && url.startsWith(door.below) && /^(?:[/?]|$)/.test(url.slice(door.below.length));
  const server = createServer(
    // A request without a host is refused here, with the headers that every answer has.
    { maxHeaderSize: MAX_HEADER_BYTES, connectionsCheckingInterval: CHECK_EVERY_MS, requireHostHeader: false },
    (incoming, outgoing) => {
      if (isLeaving) outgoing.setHeader("connection", "close");
      if (door && isAtDoor(incoming.url ?? "")) void pass(incoming, outgoing, door.exchange);
      else if (!isPlain(incoming)) refusePlainly(outgoing, 400);
      else void listener(incoming, outgoing);
    },
  );
  server.on("clientError", answerUnreadable);
  // Nothing is promised beyond what HTTP itself does (RFC 9110 section 10.1.1).
  server.on("checkExpectation", (_, outgoing) => refusePlainly(outgoing, 417));
  server.headersTimeout = HEADERS_TIMEOUT_MS;
  server.requestTimeout = REQUEST_TIMEOUT_MS;
  server.maxConnections = MOST_CONNECTIONS;
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
  return {
    port: typeof address === "object" && address ? address.port : port,
    leave() {
      isLeaving = true;
    },
    close: (withinMs = CLOSE_WITHIN_MS) => stop(server, withinMs),
  };
}

/** What a Fetch request can name as its host. */
const HOST = /^[\w.-]+(?::\d{1,5})?$|^\[[\da-f:.]+\](?::\d{1,5})?$/i;

/**
 * Tells whether a request says plainly where it leads: to one host, and no other than that (RFC 9112 section 3.2.2), by a path of
 * which nothing is left to resolve. Fetch resolves dots and turns backslashes, and so could come to the inner door round its back.
 */
function isPlain({ url = "", headersDistinct }: IncomingMessage): boolean {
  const path = url.split("?", 1)[0] ?? "";
  const [host = "", ...more] = headersDistinct["host"] ?? [];
  if (!path.startsWith("/") || more.length > 0 || !HOST.test(host)) return false;
  const here = "http://localhost";
  return URL.canParse(path, here) && new URL(path, here).pathname === path;
}

/** Answers what is not asked for plainly with a status alone. */
function refusePlainly(outgoing: ServerResponse, status: 400 | 417): void {
  outgoing.writeHead(status, [...PRIVATE_HEADERS, ["content-length", "0"]].flat());
  outgoing.end();
}

/**
 * Returns what hands a request of Node's own kind to the BFF, for a server that has one already: Express, Fastify, or `node:http`. It
 * reads the body itself, so it stands before whatever parses bodies. Never rejects.
 */
export function createNodeHandler(bff: { exchange: Exchange }) {
  return (incoming: IncomingMessage, outgoing: ServerResponse): void => void pass(incoming, outgoing, bff.exchange);
}

/** Hands a request to the inner door and writes its answer. */
async function pass(incoming: IncomingMessage, outgoing: ServerResponse, exchange: Exchange): Promise<void> {
  const { status, headers, body } = await exchange(askedOf(incoming));
  // A body that was not read to its end is not waited for.
  const end: Answered["headers"] = incoming.complete ? [] : [["connection", "close"]];
  const length: Answered["headers"] = [["content-length", String(Buffer.byteLength(body ?? ""))]];
  outgoing.writeHead(status, [...headers, ...end, ...length].flat());
  // As a text it goes out in one piece with the headers.
  outgoing.end(incoming.method === "HEAD" ? "" : (body ?? ""));
}

function askedOf(incoming: IncomingMessage): Asked {
  const { method = "" } = incoming;
  const url = urlOf(incoming);
  const mark = url.indexOf("?");
  return {
    method,
    path: mark < 0 ? url : url.slice(0, mark),
    search: mark < 0 ? "" : url.slice(mark),
    values: (name) => incoming.headersDistinct[name] ?? [],
    peer: addressOf(incoming),
    body: (limit) => readBody(incoming, limit),
    request: () =>
      new Request(new URL(url, `http://${incoming.headers.host ?? ""}`), { headers: fetchHeaders(incoming) }),
  };
}

/** The address as it was sent: Express takes away what a handler is mounted below, and keeps the whole beside it. */
function urlOf(incoming: IncomingMessage): string {
  const whole: unknown = "originalUrl" in incoming ? incoming.originalUrl : undefined;
  return typeof whole === "string" ? whole : (incoming.url ?? "");
}

function fetchHeaders({ headersDistinct }: IncomingMessage): Headers {
  const headers = new Headers();
  for (const [name, values = []] of Object.entries(headersDistinct))
    for (const value of values) headers.append(name, value);
  return headers;
}

/** Reads a body of at most `limit` bytes; null for a longer one, and for one that breaks off. */
function readBody(incoming: IncomingMessage, limit: number): Promise<Uint8Array | null> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    incoming.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size <= limit) chunks.push(chunk);
      else {
        incoming.pause();
        resolve(null);
      }
    });
    incoming.once("end", () => resolve(Buffer.concat(chunks)));
    incoming.once("close", () => resolve(null));
  });
}

function peerOf(env: unknown): string | null {
  const incoming = typeof env === "object" && env !== null && "incoming" in env ? env.incoming : null;
  return isIncoming(incoming) ? addressOf(incoming) : null;
}

function addressOf({ socket }: IncomingMessage): string | null {
  // A socket for both families writes an IPv4 address as an IPv6 one (RFC 4291 section 2.5.5.2).
  return socket.remoteAddress?.replace(/^::ffff:(?=[\d.]+$)/, "") ?? null;
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

function stop(server: Server, withinMs: number): Promise<void> {
  return new Promise((resolve) => {
    const idle = setInterval(() => server.closeIdleConnections(), CLOSE_IDLE_EVERY_MS);
    const late = setTimeout(() => server.closeAllConnections(), withinMs);
    server.close(() => {
      clearInterval(idle);
      clearTimeout(late);
      resolve();
    });
    server.closeIdleConnections();
  });
}
