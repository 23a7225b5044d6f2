import { type IncomingMessage, request, type ServerResponse } from "node:http";
import { createServer } from "node:https";
import type { Certificate } from "./certificate.ts";
import { type Listening, listen } from "./listen.ts";

/*
 * The end of TLS before the production server, as a reverse proxy is in a deployment. It passes every header on as it came, and
 * remembers what went through.
 */

/** A request that arrived, with the answer it got. */
export interface Passed {
  method: string;
  path: string;
  /** The value of `Sec-Fetch-Site`; null when there was none. */
  site: string | null;
  origin: string | null;
  /** Whether a session cookie came along. */
  signedIn: boolean;
  status: number;
  /** Names of the answer's headers, in lower case. */
  answered: readonly string[];
}

/** The running end of TLS. */
export interface Front extends Listening {
  /** Everything that passed so far, in the order of its answers. */
  readonly passed: readonly Passed[];
  /** Names an upstream port of loopback; before that everything is answered with 502. */
  leadTo(port: number): void;
}

/** Larger than any cookie jar: what is too much is for the server behind to say. */
const MAX_HEADER_BYTES = 1024 * 1024;

/**
 * Starts a front on a free port. `page` may answer by itself, as a name does that led elsewhere a moment ago; `without` is a
 * header that is taken from every answer.
 */
export async function startFront(
  certificate: Certificate,
  { page, without }: { page?: (incoming: IncomingMessage) => string | null; without?: string } = {},
): Promise<Front> {
  const passed: Passed[] = [];
  let upstream = 0;
  const server = createServer({ ...certificate, maxHeaderSize: MAX_HEADER_BYTES }, (incoming, outgoing) => {
    const own = page?.(incoming) ?? null;
    if (own === null) pass(incoming, outgoing);
    else outgoing.setHeader("Content-Type", "text/html").end(own);
  });

  function pass(incoming: IncomingMessage, outgoing: ServerResponse): void {
    const { method = "", url = "", rawHeaders, headers } = incoming;
    const note = (status: number, answered: readonly string[]): void => {
      passed.push({
        method,
        path: url,
        site: headers["sec-fetch-site"]?.toString() ?? null,
        origin: headers.origin ?? null,
        signedIn: /(?:^|; )__Host-mfa=[\w-]{43}(?:;|$)/.test(headers.cookie ?? ""),
        status,
        answered,
      });
    };
    const onward = request({ port: upstream, method, path: url, headers: rawHeaders, setHost: false }, (answer) => {
      const status = answer.statusCode ?? 0;
      note(status, Object.keys(answer.headers));
      outgoing.writeHead(status, dropped(answer.rawHeaders, without));
      answer.pipe(outgoing);
    });
    onward.on("error", () => {
      note(502, []);
      if (!outgoing.headersSent) outgoing.writeHead(502);
      outgoing.end();
    });
    incoming.pipe(onward);
  }

  return {
    ...(await listen(server)),
    passed,
    leadTo(port) {
      upstream = port;
    },
  };
}

function dropped(rawHeaders: readonly string[], name: string | undefined): string[] {
  return rawHeaders.filter((_, at) => rawHeaders[at - (at % 2)]?.toLowerCase() !== name);
}
