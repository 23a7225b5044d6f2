import { createServer, request } from "node:http";
import { type Listening, listen } from "./listen.ts";

/*
 * A cache that people share, as a proxy of a company or of a network is one. It keeps whatever it may by RFC 9111, also by its own guess,
 * and gives it to whoever asks next.
 */

/** The running cache. */
export interface SharedCache extends Listening {
  /** What it has kept so far, by method and path. */
  readonly kept: ReadonlyMap<string, unknown>;
  /** What passed through it and was not kept. */
  readonly passed: readonly string[];
  leadTo(port: number): void;
}

interface Kept {
  status: number;
  headers: readonly string[];
  body: Buffer;
}

/** Statuses that a cache may keep by its own guess where nothing forbids it (RFC 9110 section 15.1). */
const GUESSED = [200, 203, 204, 300, 301, 308, 404, 405, 410, 414, 501];

/** Starts the cache on a free port of loopback. */
export async function startSharedCache(): Promise<SharedCache> {
  const kept = new Map<string, Kept>();
  const passed: string[] = [];
  let upstream = 0;
  const server = createServer((incoming, outgoing) => {
    const { method = "", url = "", rawHeaders } = incoming;
    const key = `${method} ${url}`;
    const known = kept.get(key);
    if (known) {
      outgoing.writeHead(known.status, [...known.headers]).end(known.body);
      return;
    }
    const onward = request({ port: upstream, method, path: url, headers: rawHeaders, setHost: false }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on("data", (chunk: Buffer) => chunks.push(chunk));
      answer.on("end", () => {
        const [status, body] = [answer.statusCode ?? 0, Buffer.concat(chunks)];
        if (mayKeep(status, answer.headers["cache-control"] ?? ""))
          kept.set(key, { status, headers: answer.rawHeaders, body });
        else passed.push(key);
        outgoing.writeHead(status, answer.rawHeaders).end(body);
      });
    });
    onward.on("error", () => outgoing.destroy());
    incoming.pipe(onward);
  });
  return {
    ...(await listen(server)),
    kept,
    passed,
    leadTo(port) {
      upstream = port;
    },
  };
}

/** A greedy reading: any method, cookies or not, as long as no word forbids a shared cache to keep it. */
function mayKeep(status: number, control: string): boolean {
  return (
    !/\b(?:no-store|private|no-cache)\b/i.test(control) && (GUESSED.includes(status) || /\bpublic\b/i.test(control))
  );
}
