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

/** Errors that prove that nothing was sent: no connection in time, or none to a host that proved to be the right one. */
const NOT_SENT = new Set([
  "UND_ERR_CONNECT_TIMEOUT",
  "ERR_TLS_CERT_ALTNAME_INVALID",
  "CERT_HAS_EXPIRED",
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
]);
/** What failed before there was a connection; the same error of a read or write may come after the request. */
const BEFORE_SENDING = new Set(["connect", "getaddrinfo"]);

/** Returns the failure that a thrown connection error proves. */
export function failureOf(error: unknown): UpstreamFailure {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof UpstreamFailure) return cause;
    if (provesNothingSent(cause)) return new UpstreamFailure("not_sent", { cause: error });
  }
  return new UpstreamFailure("unclear", { cause: error });
}

function provesNothingSent(error: Error): boolean {
  // Several addresses were tried, and each failed by itself.
  if (error instanceof AggregateError)
    return error.errors.length > 0 && error.errors.every((each) => each instanceof Error && provesNothingSent(each));
  const code = "code" in error ? error.code : undefined;
  const call = "syscall" in error ? error.syscall : undefined;
  return (typeof code === "string" && NOT_SENT.has(code)) || (typeof call === "string" && BEFORE_SENDING.has(call));
}
