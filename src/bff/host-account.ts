import { addressIn } from "./address-in.ts";
import type { Core, Visit } from "./core.ts";
import { maskName } from "./mask-name.ts";
import { idOfAccount } from "./person-id.ts";
import { newSession, type SessionRecord } from "./session-record.ts";
import { accountOfSubject } from "./sessions.ts";
import { signedOutAt } from "./view.ts";

/** Describes somebody whom the host has signed in. Instants are epoch ms. */
export type HostAccount = {
  /** The tenant's `sub` of the person. */
  subject: string;
  /** A verified address of theirs, to show them who is signed in and to recognise the row the tenant lists by itself. */
  email?: string;
  provenAt: number;
  credential: { kind: "mfaToken" | "mfaJwt"; value: string; expiresAt: number };
};

/** Returns the visit of somebody whom the host has signed in; null for nobody. The host's cookie stands for ours. */
export async function hostVisit(core: Core, account: HostAccount | null): Promise<Visit | null> {
  if (account === null) return null;
  const id = core.sealer.keyedHash("host", account.subject);
  const accountId = accountOfSubject(core, account.subject);
  const session = await core.sessions.update(id, (stored) => {
    const now = core.clock.now();
    // The host decides how long somebody is signed in; ours begins anew when it has come to its own end.
    const before =
      stored && signedOutAt(core, { id, session: stored }) > now
        ? stored
        : { ...newSession(now), draft: stored?.draft ?? null };
    const record: SessionRecord = {
      ...before,
      person: {
        accountId,
        id: idOfAccount(core, accountId),
        name: maskName(account.email ?? account.subject),
        way: "host",
        subjectKnown: true,
        subject: account.subject,
        username: null,
        verifiedEmail: account.email ?? null,
        email: addressIn(account.email),
      },
      // A proof given in the page since the host's own stands while its credential lives.
      ...(isBetter(before, account, now) ? {} : { credential: account.credential, provenAt: account.provenAt }),
    };
    return JSON.stringify(record) === JSON.stringify(stored) && stored
      ? { record: stored, result: stored }
      : { record, result: record };
  });
  return { id, session };
}

function isBetter({ credential, provenAt }: SessionRecord, account: HostAccount, now: number): boolean {
  if (credential === null || provenAt === null || credential.expiresAt <= now) return false;
  if (provenAt !== account.provenAt) return provenAt > account.provenAt;
  // Within the same instant a code that was passed counts for more than the password before it.
  return credential.kind === "mfaJwt" && account.credential.kind === "mfaToken";
}
