import { createCore } from "../bff/create-core.ts";
import { newAccount } from "../bff/account-record.ts";
import { systemClock } from "../bff/clock.ts";
import { idOfAccount } from "../bff/person-id.ts";
import { newSession } from "../bff/session-record.ts";
import { accountOfSubject, openVisit } from "../bff/sessions.ts";
import type { Settings } from "../bff/settings.ts";
import type { Store } from "../bff/store.ts";
import type { VisitKind } from "./order.ts";

/*
 * Puts people into a store as if they had signed in: each with an account, a visit and a cookie of their own, so that no limit
 * of one stands in the way of the next.
 */

/** Ten minutes: what a JWT of the MFA audience lives. */
const CREDENTIAL_MS = 600_000;
/** As long as the JWTs that Auth0 gives for the MFA audience; each differs, as theirs do. */
const TOKEN_LENGTH = 900;

/** A Redis takes these in one go; more would not be quicker. */
const AT_ONCE = 200;

/** Puts visits in and takes them out again. */
export type Visits = {
  /** Returns the cookies, one for each visit. */
  add(kind: VisitKind, count: number): Promise<string[]>;
  forget(): Promise<void>;
};

/** Creates visits in the store of a BFF with these settings. */
export function createVisits(settings: Settings, store: Store): Visits {
  const core = createCore({
    settings,
    upstream: () => Promise.reject(new Error("The tenant is not asked for these visits.")),
    store,
    clock: systemClock,
    notify: null,
    regenerateRecoveryCode: null,
  });
  let made = 0;
  const added: { visitId: string; accountId: string }[] = [];

  async function addOne(kind: VisitKind): Promise<string> {
    made += 1;
    const now = core.clock.now();
    const subject = `auth0|${made.toString(16).padStart(24, "0")}`;
    const email = `person${made}@example.com`;
    const accountId = accountOfSubject(core, subject);
    const session = {
      ...newSession(now),
      person: {
        accountId,
        id: idOfAccount(core, accountId),
        name: `p•••${made}@example.com`,
        way: "redirect" as const,
        subjectKnown: true,
        subject,
        username: null,
        verifiedEmail: email,
        email,
      },
      credential: {
        kind: "mfaJwt" as const,
        value: `${made}.`.padEnd(TOKEN_LENGTH, core.sealer.keyedHash("bench", subject)),
        expiresAt: kind === "idle" ? now - 1 : now + CREDENTIAL_MS,
      },
      provenAt: now,
    };
    const { visit, cookie } = await openVisit(core, session);
    const list = { items: [addressOf(made, now)], knownAt: now, outdated: false, lacks: false, version: 1 };
    await core.accounts.update(accountId, () => ({ record: { ...newAccount(), list }, result: null }));
    added.push({ visitId: visit.id, accountId });
    return cookie;
  }

  return {
    async add(kind, count) {
      const cookies: string[] = [];
      while (cookies.length < count) {
        const some = Math.min(AT_ONCE, count - cookies.length);
        cookies.push(...(await Promise.all(Array.from({ length: some }, () => addOne(kind)))));
      }
      return cookies;
    },
    async forget() {
      for (let some = added.splice(0, AT_ONCE); some.length > 0; some = added.splice(0, AT_ONCE)) {
        await Promise.all(
          some.flatMap(({ visitId, accountId }) => [core.sessions.remove(visitId), core.accounts.remove(accountId)]),
        );
      }
    },
  };
}

/** The address that the tenant lists by itself. */
function addressOf(number: number, now: number) {
  return {
    id: `email|dev_${number.toString(36).padStart(16, "q")}`,
    kind: "email" as const,
    active: true,
    name: "pers****@exam*******",
    createdAt: now - CREDENTIAL_MS,
    lastUsedAt: null,
  };
}
