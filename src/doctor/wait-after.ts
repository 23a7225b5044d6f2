/** What is waited where the tenant does not say until when: with two requests a second, a second is room for two. */
const DEFAULT_MS = 1_000;
/** A minute: a limit of the Management API that lasts longer is not one of requests a second. */
const AT_MOST_MS = 60_000;

/** Says how long to wait after a 429, in ms: until `x-ratelimit-reset` (epoch seconds), or for `Retry-After` (seconds). */
export function waitAfter(headers: Headers, now: number): number {
  const after = numberIn(headers.get("retry-after"));
  const reset = numberIn(headers.get("x-ratelimit-reset"));
  const wait = after === null ? (reset === null ? DEFAULT_MS : reset * 1000 - now) : after * 1000;
  // A clock that goes ahead of the tenant's would not wait at all.
  return Math.min(Math.max(wait, DEFAULT_MS), AT_MOST_MS);
}

function numberIn(text: string | null): number | null {
  return text !== null && /^\d{1,12}(?:\.\d+)?$/.test(text) ? Number(text) : null;
}
