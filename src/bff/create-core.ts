import * as z from "zod/mini";
import { accountRecordSchema } from "./account-record.ts";
import { createChanges } from "./changes.ts";
import type { Clock } from "./clock.ts";
import type { Core } from "./core.ts";
import { createRecords } from "./records.ts";
import { createSealer } from "./sealing.ts";
import { secretSchema } from "./secrets.ts";
import { sessionRecordSchema } from "./session-record.ts";
import type { Settings } from "./settings.ts";
import type { Store } from "./store.ts";
import { createTenant } from "./tenant.ts";
import type { Upstream } from "./upstream.ts";

const HOUR_SECONDS = 3600;
/** A lost recovery code must still be known when somebody comes back weeks later. */
const REMEMBER_LOSS_SECONDS = 30 * 24 * HOUR_SECONDS;

/** Puts together what every part of the BFF works with, over one store and one way to the tenant. */
export function createCore(options: { settings: Settings; upstream: Upstream; clock: Clock; store: Store }): Core {
  const { settings, upstream, clock, store } = options;
  const sealer = createSealer(settings.secretKey);
  const accounts = createRecords({
    kind: "account",
    store,
    sealer,
    parse: accountRecordSchema,
    // Two hours: every budget is forgiven after one, and a change under way is over long before.
    ttlSeconds: ({ recovery }) =>
      recovery === null ? 2 * HOUR_SECONDS : Math.max(REMEMBER_LOSS_SECONDS, settings.recoveryHoldSeconds),
  });
  return {
    settings,
    clock,
    sealer,
    tenant: createTenant({ upstream, settings: settings.tenant, clock }),
    sessions: createRecords({
      kind: "session",
      store,
      sealer,
      parse: sessionRecordSchema,
      ttlSeconds: () => settings.idleSeconds,
    }),
    accounts,
    links: createRecords({
      kind: "link",
      store,
      sealer,
      parse: z.object({ accountId: z.string() }),
      ttlSeconds: () => REMEMBER_LOSS_SECONDS,
    }),
    secrets: createRecords({
      kind: "secret",
      store,
      sealer,
      parse: secretSchema,
      ttlSeconds: (secret) => secret.ttlSeconds,
    }),
    change: createChanges({ accounts, clock }),
    channelsOff: new Map(),
  };
}
