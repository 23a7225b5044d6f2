import type { Bff } from "../bff/bff-options.ts";
import { createBff } from "../bff/bff.ts";
import { systemClock } from "../bff/clock.ts";
import { createFetchUpstream } from "../bff/fetch-upstream.ts";
import { createMemoryLimiter } from "../bff/limiter.ts";
import { createRedisClient } from "../bff/redis-client.ts";
import { createRedisLimiter } from "../bff/redis-limiter.ts";
import { createRedisStore } from "../bff/redis-store.ts";
import { readSettings } from "../bff/settings.ts";
import { createMemoryStore } from "../bff/store.ts";
import type { Upstream } from "../bff/upstream.ts";
import { demoClient } from "../simulator/clients.ts";
import type { PersonSeed } from "../simulator/people.ts";
import { createSimulator, type Simulator } from "../simulator/simulator.ts";

/*
 * What is attacked: nodes in one process, each with its own connections, over one store and one limiter, in front of a tenant that
 * never says no by itself. So whatever is held back is held back here.
 */

/** The page's address; nothing listens there. */
export const PAGE = "https://account.test";
const TENANT = "https://tenant.test/";
/** The tenant's own limits are out of the way. */
const ENDLESS = { burst: 1_000_000, refillSeconds: 0.001 };
/** An authenticator app shows a code for so long (RFC 6238 section 5.2). */
const APP_STEP_MS = 30_000;

/** A code that somebody handed in and that was passed on to the tenant: when, and which code it was a guess at. */
export type Guess = { at: number; code: string };

/** A site that can be attacked. */
export type Site = {
  nodes: readonly Bff[];
  simulator: Simulator;
  /** Every guess that reached the tenant, in their order. */
  guesses: readonly Guess[];
  close(): Promise<void>;
};

/** Opens a site of so many nodes, over a Redis or, without one, over the memory that they share. */
export function openSite(options: { nodes: number; redisUrl: string | null; people: readonly PersonSeed[] }): Site {
  const { redisUrl, people } = options;
  const guesses: Guess[] = [];
  const closing: (() => unknown)[] = [];
  const simulator = createSimulator({
    issuer: TENANT,
    people,
    clients: [demoClient([`${PAGE}/api/mfa/callback`], [PAGE])],
    settings: {
      limits: {
        api: ENDLESS,
        oobExchange: ENDLESS,
        badCodes: ENDLESS,
        badRecoveryCodes: ENDLESS,
        phoneMessages: ENDLESS,
        emails: ENDLESS,
        badPasswords: ENDLESS,
      },
    },
  });
  const read = readSettings({
    AUTH0_DOMAIN: "tenant.test",
    AUTH0_CLIENT_ID: "mfa-enroll-demo",
    AUTH0_CLIENT_SECRET: "mfa-enroll-demo-secret",
    MFA_PUBLIC_URL: PAGE,
    MFA_SECRET_KEY: Buffer.alloc(32, 7).toString("base64"),
    MFA_SIGN_IN: "password",
    // A node that refuses because it has too much to do would make the attacker's work look harder than it is.
    MFA_MOST_REQUESTS: "1000000",
  });
  if ("problems" in read) throw new Error(read.problems.join(" "));
  const { settings } = read;
  const ask = createFetchUpstream(TENANT, simulator.fetch);
  const upstream: Upstream = (request) => {
    const at = Date.now();
    const code = request.path === "/oauth/token" ? codeIn(new URLSearchParams(request.body ?? ""), at) : null;
    if (code !== null) guesses.push({ at, code });
    return ask(request);
  };
  const shared = { store: createMemoryStore(systemClock), limiter: createMemoryLimiter(systemClock) };

  function open(): Bff {
    if (redisUrl === null) return createBff({ settings, upstream, ...shared });
    const store = createRedisStore(redisUrl);
    const redis = createRedisClient(redisUrl);
    closing.push(store.close, () => redis.disconnect());
    return createBff({ settings, upstream, store, limiter: createRedisLimiter(redis, systemClock) });
  }

  return {
    nodes: Array.from({ length: options.nodes }, open),
    simulator,
    guesses,
    async close() {
      for (const end of closing) await end();
    },
  };
}

/** Names the code that a request guesses at; null where it hands none in. */
function codeIn(fields: URLSearchParams, at: number): string | null {
  if (fields.has("oob_code")) return `message ${fields.get("oob_code")}`;
  if (fields.has("otp")) return `app ${Math.floor(at / APP_STEP_MS)}`;
  return fields.has("recovery_code") ? "recovery code" : null;
}
