import type { BucketRule } from "./settings.ts";

/** What a bucket says after a look or a take. `nextAt` is the instant, in epoch milliseconds, of its next token. */
export interface BucketReading {
  readonly ok: boolean;
  readonly limit: number;
  readonly remaining: number;
  readonly nextAt: number;
}

/** Token buckets, one for each key. */
export interface Limits {
  /** Takes one token, or takes nothing and says no. */
  take(key: string, rule: BucketRule): BucketReading;
  /** Tells whether a token is there without taking it. */
  look(key: string, rule: BucketRule): BucketReading;
  /** Fills every bucket. */
  clear(): void;
}

/** Buckets kept at most; beyond it the full ones are forgotten, which changes no answer. */
const KEPT = 10_000;

/** Creates token buckets that refill by the given clock, in epoch milliseconds. */
export function createLimits(now: () => number): Limits {
  const buckets = new Map<string, { tokens: number; at: number }>();

  function read(key: string, rule: BucketRule, cost: 0 | 1): BucketReading {
    const at = now();
    const held = buckets.get(key) ?? { tokens: rule.burst, at };
    // A clock that is set back must not take tokens away.
    const gained = Math.max(0, at - held.at) / 1000 / rule.refillSeconds;
    // The tiny surplus keeps a wait of exactly one refill from failing by rounding.
    const tokens = Math.min(rule.burst, held.tokens + gained + 1e-9);
    const ok = tokens >= 1;
    const left = ok ? tokens - cost : tokens;
    if (cost === 1) {
      if (buckets.size >= KEPT)
        for (const [old, bucket] of buckets) if (at - bucket.at > 86_400_000) buckets.delete(old);
      buckets.set(key, { tokens: left, at });
    }
    const missing = Math.ceil(left + 1e-6) - left;
    return {
      ok,
      limit: rule.burst,
      remaining: Math.floor(left),
      nextAt: at + Math.ceil(missing * rule.refillSeconds * 1000),
    };
  }

  return {
    take: (key, rule) => read(key, rule, 1),
    look: (key, rule) => read(key, rule, 0),
    clear: () => buckets.clear(),
  };
}

/** Writes a reading as the three headers Auth0 sends; the reset is in epoch seconds (UTC). */
export function rateLimitHeaders(reading: BucketReading): Record<string, string> {
  return {
    "x-ratelimit-limit": String(reading.limit),
    "x-ratelimit-remaining": String(reading.remaining),
    "x-ratelimit-reset": String(Math.ceil(reading.nextAt / 1000)),
  };
}
