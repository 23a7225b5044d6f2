/** Describes one call to the tenant. `path` is absolute ("/oauth/token"); the host is fixed when the upstream is made. */
export type UpstreamRequest = {
  method: "GET" | "POST" | "DELETE";
  path: string;
  headers: Record<string, string>;
  body?: string;
  /** How long the whole answer may take, in ms. */
  timeoutMs: number;
};

/** Describes the tenant's answer, whatever it is. Header names are lower case. */
export type UpstreamAnswer = { status: number; headers: Record<string, string>; text: string };

/**
 * Sends one request to the tenant: never follows a redirect, never retries, never throws for a status. It throws
 * {@link UpstreamFailure} when no whole answer came back.
 */
export type Upstream = (request: UpstreamRequest) => Promise<UpstreamAnswer>;

/**
 * Says that no whole answer came back. `not_sent` is a proof that the tenant never saw the request (no connection was
 * made); `unclear` is everything else, and whoever catches it must not assume either outcome.
 */
export class UpstreamFailure extends Error {
  readonly outcome: "not_sent" | "unclear";

  constructor(outcome: "not_sent" | "unclear", options?: ErrorOptions) {
    super(outcome === "not_sent" ? "The tenant could not be reached." : "The tenant's answer was lost.", options);
    this.name = "UpstreamFailure";
    this.outcome = outcome;
  }
}

/** 256 KiB: room for a list of 1,000 authenticators; anything longer is not an answer to our questions. */
export const MAX_ANSWER_BYTES = 256 * 1024;

/** Connection errors that prove that nothing was sent: refused, no such host, no route, no connection in time. */
const NOT_SENT = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "UND_ERR_CONNECT_TIMEOUT",
]);

/** Returns the failure that a thrown connection error proves. */
export function failureOf(error: unknown): UpstreamFailure {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const code = "code" in cause ? cause.code : undefined;
    if (typeof code === "string" && NOT_SENT.has(code)) return new UpstreamFailure("not_sent", { cause: error });
  }
  return new UpstreamFailure("unclear", { cause: error });
}
