/** What a refusal may carry besides its two OAuth members. */
export interface RefusalExtras {
  /** Further members of the body, such as `mfa_token`. */
  readonly members?: Readonly<Record<string, unknown>>;
  /** Headers that override the endpoint's own, such as those of a narrower rate limit. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Seconds until the same request may succeed; sent as `Retry-After` only when the settings say so. */
  readonly retryAfterSeconds?: number;
}

/** Carries one documented "no" of the tenant from where it is decided to where the answer is written. */
export class Refusal extends Error {
  readonly status: number;
  readonly error: string;
  readonly description: string;
  readonly extras: RefusalExtras;

  constructor(status: number, error: string, description: string, extras: RefusalExtras = {}) {
    super(`${status} ${error}: ${description}`);
    this.status = status;
    this.error = error;
    this.description = description;
    this.extras = extras;
  }
}

/** Refuses a request that lacks a parameter, with the pattern the token endpoint uses. */
export function missingParameter(name: string): Refusal {
  return new Refusal(400, "invalid_request", `Missing required parameter: ${name}`);
}
