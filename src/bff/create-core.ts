import * as z from "zod/mini";
import { type AccountRecord, accountRecordSchema } from "./account-record.ts";
import { createChanges } from "./changes.ts";
import type { Clock } from "./clock.ts";
import type { Core } from "./core.ts";
import { createMemoryLimiter, type Limiter } from "./limiter.ts";
import { createNoticeIndex } from "./notice-index.ts";
import { createNotices, type Notify } from "./notices.ts";
import { createRecords } from "./records.ts";
import type { Report } from "./report.ts";
import { createSealer } from "./sealing.ts";
import { secretSchema } from "./secrets.ts";
import { sessionRecordSchema } from "./session-record.ts";
import { TURN_SECONDS } from "./session-turn.ts";
import type { Settings } from "./settings.ts";
import { createSignInLimits } from "./sign-in-limits.ts";
import type { Store } from "./store.ts";
import { createTenant } from "./tenant.ts";
import { createTenantClock } from "./tenant-clock.ts";
import { createTurns } from "./turns.ts";
import type { Upstream } from "./upstream.ts";
import { createVelocity } from "./velocity.ts";
import { watchedAccounts } from "./watched-accounts.ts";
import { watchedNotify } from "./watched-notify.ts";
import { watchedSealer } from "./watched-sealer.ts";

const HOUR_SECONDS = 3600;
/** A lost recovery code, what was confirmed here and what was left at the tenant must still be known when somebody comes back weeks later. */
const REMEMBER_SECONDS = 30 * 24 * HOUR_SECONDS;

/** Puts together what every part of the BFF works with, over one store and one way to the tenant. */
export function createCore(
  options: {
    settings: Settings;
    upstream: Upstream;
    clock: Clock;
    store: Store;
    notify: Notify | null;
    /** Counts for all nodes together; in this process's memory by default. */
    limiter?: Limiter | undefined;
    report?: Report | undefined;
  } & Pick<Core, "regenerateRecoveryCode">,
): Core {
  const { settings, upstream, clock, store, notify, regenerateRecoveryCode } = options;
  const { limiter = createMemoryLimiter(clock), report = () => {} } = options;
  const { keys, limits } = settings;
  const sealer = watchedSealer(createSealer(keys.secretKey, { other: keys.otherSecretKey, ids: keys.idKey }), report);
  const accountRecords = createRecords({
    kind: "account",
    store,
    sealer,
    parse: accountRecordSchema,
    ttlSeconds: (record) => lifeOf(record, settings),
  });
  const accounts = watchedAccounts(accountRecords, report);
  const links = createRecords({
    kind: "link",
    store,
    sealer,
    parse: z.object({ accountId: z.string() }),
    ttlSeconds: () => REMEMBER_SECONDS,
  });
  const notices = createNotices({
    accounts,
    index: createNoticeIndex({ store, sealer, clock }),
    current: async (accountId) => (await links.read(accountId))?.accountId ?? accountId,
    clock,
    notify: notify && watchedNotify(notify, report),
    notYouUrl: settings.notYouUrl,
  });
  return {
    settings,
    clock,
    tenantClock: createTenantClock(clock, report),
    sealer,
    tenant: createTenant({ upstream, settings: settings.tenant, clock }),
    sessions: createRecords({
      kind: "session",
      store,
      sealer,
      parse: sessionRecordSchema,
      ttlSeconds: ({ moved }) => (moved ? TURN_SECONDS : settings.idleSeconds),
    }),
    accounts,
    links,
    secrets: createRecords({
      kind: "secret",
      store,
      sealer,
      parse: secretSchema,
      ttlSeconds: (secret) => secret.ttlSeconds,
    }),
    change: createChanges({ accounts, clock }),
    sends: createTurns(),
    velocity: createVelocity({ limiter, sealer, limits, report }),
    signIns: createSignInLimits({ limiter, sealer, limits, report }),
    notices,
    report,
    regenerateRecoveryCode,
    channelsOff: new Map(),
  };
}

/** Two hours: every budget is forgiven after one, and a change under way is over long before. Longer where something is open. */
function lifeOf(record: AccountRecord, settings: Settings): number {
  const { recovery, begun, contacts, removing, notices, othersEnded } = record;
  const isOpen = recovery !== null || begun !== null || contacts.length + removing.length + notices.length > 0;
  return Math.max(
    2 * HOUR_SECONDS,
    isOpen ? REMEMBER_SECONDS : 0,
    recovery === null ? 0 : settings.recoveryHoldSeconds,
    // A visit that was ended must stay ended for as long as it could have lived.
    othersEnded === null ? 0 : settings.sessionSeconds,
  );
}
