import type { RouteBody } from "../contract/requests.ts";
import { addressIn } from "./address-in.ts";
import type { Core, Visit } from "./core.ts";
import { readIdToken } from "./id-token.ts";
import { readList, withList } from "./list.ts";
import { newAccount } from "./account-record.ts";
import { linkAccount } from "./link-account.ts";
import { maskName } from "./mask-name.ts";
import { Refused } from "./refused.ts";
import { idOf, idOfAccount } from "./person-id.ts";
import { endEarlier } from "./session-turn.ts";
import { newSession, type Person, type SessionRecord } from "./session-record.ts";
import {
  accountOfSubject,
  accountOfUsername,
  currentAccountOf,
  knownAccountOf,
  mfaTokenCredential,
  openVisit,
  personOf,
} from "./sessions.ts";
import { problemOf } from "./tenant-problem.ts";
import { newId } from "./sealing.ts";

/** The body of a sign-in by password. */
export type PasswordSignIn = Extract<RouteBody<"signIn">, { way: "password" }>;

/**
 * Signs in by password: Auth0 answers with a token for the MFA audience, or, where a code is due or the policy asks for
 * enrollment, with an `mfa_token`. Both are a beginning; the password is not kept.
 */
export async function signInByPassword(
  core: Core,
  before: Visit | null,
  body: PasswordSignIn,
  address: string | null,
): Promise<{ visit: Visit; cookie: string }> {
  const { clock, settings, tenant } = core;
  const known = before?.session.person ?? null;
  const username = body.username ?? known?.username ?? null;
  if (username === null) throw new Refused({ code: "invalid_request" });
  const counted = await core.signIns.reserve({ accountId: accountOfUsername(core, username), address });
  const told = await tenant.password({ username, password: body.password, address });
  // A right password is no guess, and costs nothing.
  if (told.is === "done" || told.is === "not_sent" || (told.is === "refused" && told.why.is === "mfa_required"))
    await counted.giveBack();
  if (told.is === "not_sent" || told.is === "unclear") throw new Refused({ code: "upstream_unavailable" });
  const now = clock.now();
  const draft = body.draft ?? before?.session.draft ?? null;
  const draftBy = body.typedBy ?? (body.draft ? null : (before?.session.draftBy ?? null));
  if (told.is === "done") {
    const identity = readIdToken(told.value.idToken, settings.tenant);
    if (!identity) throw new Refused({ code: "tenant_misconfigured" });
    core.tenantClock.heard(identity.issuedAt);
    const person = personOf(core, identity, "password", username);
    await linkAccount(core, accountOfUsername(core, username), accountOfSubject(core, identity.subject));
    return begin(core, before, { person, credential: told.value.credential, provenAt: now, draft, draftBy });
  }
  if (told.why.is !== "mfa_required") throw new Refused(problemOf(told.why, { channel: "sms", attemptsLeft: 0 }));
  // An mfa_required without its token is how a tenant with MFA by Actions answers: nobody can go on from there.
  if (told.why.mfaToken === null) throw new Refused({ code: "tenant_misconfigured" });
  const accountId = await knownAccountOf(core, username);
  const person: Person = {
    accountId,
    id: null,
    name: maskName(username),
    way: "password",
    subject: null,
    subjectKnown: accountId !== accountOfUsername(core, username),
    username,
    // The user name is the address in nearly every tenant; it only serves to recognise the row the tenant lists by itself.
    verifiedEmail: addressIn(username),
    email: addressIn(username),
  };
  const credential = mfaTokenCredential(core, told.why.mfaToken);
  // Read at once: whether the password alone counts as a proof depends on what the person has.
  const items = await readList(core, credential);
  await core.accounts.update(accountId, (stored) => ({
    record: withList(stored ?? newAccount(), items, now),
    result: null,
  }));
  return begin(core, before, { person, credential, provenAt: now, draft, draftBy });
}

/** Begins the visit that a sign-in has earned, under a new id; the one before it ends. */
export async function begin(
  core: Core,
  before: Visit | null,
  earned: Pick<SessionRecord, "credential" | "provenAt" | "draft" | "draftBy"> & { person: Person },
): Promise<{ visit: Visit; cookie: string }> {
  const now = core.clock.now();
  const known = before?.session.person ? await currentAccountOf(core, before.session.person) : null;
  const samePerson = known === earned.person.accountId;
  const visitId = before && (samePerson || before.session.person === null) ? before.session.visitId : newId();
  const kept = samePerson && before?.session.person ? idOf(core, before.session.person) : null;
  const ids = idsOf(core, earned.person);
  // What somebody else typed is not handed on.
  const { draftBy } = earned;
  const isTheirs = draftBy === null ? kept !== null || !before?.session.person : [kept, ...ids].includes(draftBy);
  const draft = isTheirs ? earned.draft : null;
  // Known to the page as before, whichever way they came in then and now.
  const person = { ...earned.person, id: kept ?? ids.find((id) => id === draftBy) ?? ids[0] ?? null };
  const opened = await openVisit(core, { ...newSession(now), ...earned, person, draft, draftBy: null, visitId });
  if (before) await endEarlier(core, before.id);
  return opened;
}

/** Returns every id a page may have known a person by: the account goes by the user name until the subject is known. */
function idsOf(core: Core, { accountId, username }: Person): string[] {
  const accounts = username === null ? [accountId] : [accountId, accountOfUsername(core, username)];
  return accounts.map((account) => idOfAccount(core, account));
}
