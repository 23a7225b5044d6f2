import { addressIn } from "./address-in.ts";
import type { Core, SignedInVisit, Visit } from "./core.ts";
import { type Identity, readIdToken } from "./id-token.ts";
import { linkAccount } from "./link-account.ts";
import { maskName } from "./mask-name.ts";
import { Refused } from "./refused.ts";
import { hashOf, newId } from "./sealing.ts";
import type { Credential, Person, SessionRecord } from "./session-record.ts";
import type { Settings } from "./settings.ts";
import type { Told } from "./tenant.ts";
import type { Tokens } from "./tenant-answer.ts";
import { type AskedWith, follow, settleTurn, visitAfterTurn } from "./session-turn.ts";
import { signedOutAt } from "./view.ts";

/*
 * Knows visits: the cookie, the record behind it, and whose account it is. The cookie's value is 256 random bits and stands
 * nowhere but in the browser; the store has its hash.
 */

/** Returns the cookie's name: with the prefix that binds it to this host and https wherever there is https. */
function cookieNameOf(settings: Settings): string {
  // Plain on loopback only, where WebKit drops Secure cookies; the settings refuse http elsewhere.
  return settings.publicUrl.startsWith("https:") ? "__Host-mfa" : "mfa";
}

/** Returns the Set-Cookie value for a session id, or the one that clears it. Lax: Strict would be missing at the callback's landing. */
export function setCookieOf(settings: Settings, id: string | null): string {
  const secure = settings.publicUrl.startsWith("https:") ? "; Secure" : "";
  const end = id === null ? "; Max-Age=0" : "";
  return `${cookieNameOf(settings)}=${id ?? ""}; Path=/; HttpOnly; SameSite=Lax${secure}${end}`;
}

/** Returns the session id that a request carries. Two cookies of the name are none, and are told as that: one of them is not ours. */
export function readCookie(settings: Settings, headers: readonly string[]): { id: string | null; isRepeated: boolean } {
  const prefix = `${cookieNameOf(settings)}=`;
  const found = headers.flatMap((header) => header.split("; ")).filter((pair) => pair.startsWith(prefix));
  return { id: found.length === 1 ? (found[0]?.slice(prefix.length) ?? null) : null, isRepeated: found.length > 1 };
}

/**
 * Returns the visit of a cookie, or null when there is none or it has ended. An unknown id is never taken on; its cookie is cleared, so
 * that it is not sent for ever.
 */
export async function loadVisit(core: Core, cookie: string | null, asked: AskedWith): Promise<Visit | null> {
  if (cookie === null) return null;
  const id = hashOf(cookie);
  const stored = await core.sessions.read(id);
  const found = stored?.moved
    ? await visitAfterTurn(core, { id, session: stored }, asked)
    : stored && { id, session: stored };
  // Not where it has moved: the browser may have the new cookie by now.
  if (!found) {
    if (!stored) asked.setCookie(null);
    return null;
  }
  const visit: Visit = { id: found.id, session: await linked(core, found.session) };
  const { person } = visit.session;
  visit.account = person && (await core.accounts.read(person.accountId));
  if (signedOutAt(core, visit) > core.clock.now() && !isEndedElsewhere(visit)) {
    if (!stored?.moved && visit.session.from !== null) await settleTurn(core, visit.id, visit.session.from);
    return visit;
  }
  await core.sessions.remove(visit.id);
  asked.setCookie(null);
  return null;
}

/** Tells whether another visit of the account has ended this one; read with every request, so that it holds on every node at once. */
function isEndedElsewhere({ session, account }: Visit): boolean {
  const ended = account?.othersEnded ?? null;
  return ended !== null && session.visitId !== ended.visitId && session.createdAt <= ended.at;
}

/** Begins a visit under a new id and returns the cookie's value. */
export async function openVisit(core: Core, session: SessionRecord): Promise<{ visit: Visit; cookie: string }> {
  const cookie = newId();
  const id = hashOf(cookie);
  await core.sessions.update(id, () => ({ record: session, result: null }), { isNew: true });
  return { visit: { id, session }, cookie };
}

/** Changes a visit's record, also where it goes on under another id by now. Refuses with `signed_out` when it has ended meanwhile. */
export async function changeSession(
  core: Core,
  id: string,
  change: (session: SessionRecord) => SessionRecord,
): Promise<SessionRecord> {
  const changed = await core.sessions.update<SessionRecord>(id, (session) => {
    if (!session) throw new Refused({ code: "signed_out" });
    const record = session.moved ? session : change(session);
    return { record, result: record };
  });
  if (!changed.moved) return changed;
  const next = await idAfter(core, { id, session: changed });
  if (next === null) throw new Refused({ code: "signed_out" });
  return changeSession(core, next, change);
}

/** Reads a visit's record, also where it goes on under another id by now; null when it has ended. */
export async function readSession(core: Core, id: string): Promise<SessionRecord | null> {
  const session = await core.sessions.read(id);
  if (!session?.moved) return session;
  const next = await idAfter(core, { id, session });
  return next === null ? null : readSession(core, next);
}

/** Returns the id under which a visit that has moved goes on; null where it is over. */
async function idAfter(core: Core, visit: Visit): Promise<string | null> {
  const { moved } = visit.session;
  if (!moved || moved.cookie === null) return null;
  // The node that moved it may not have come to the later record yet. One that was used and is gone was signed out of.
  return moved.used ? hashOf(moved.cookie) : ((await follow(core, visit, moved.cookie))?.id ?? null);
}

/** Returns the account id of a subject: a keyed hash, so that a dump of the store names nobody. */
export function accountOfSubject(core: Core, subject: string): string {
  return core.sealer.keyedHash("subject", core.settings.tenant.issuer, subject);
}

/** Returns the account id of a user name, which stands until the subject is known. */
export function accountOfUsername(core: Core, username: string): string {
  const { issuer, realm } = core.settings.tenant;
  return core.sealer.keyedHash("username", issuer, realm ?? "", username.trim().toLowerCase());
}

/** Returns the person that an identity describes. */
export function personOf(core: Core, identity: Identity, way: Person["way"], username: string | null): Person {
  return {
    accountId: accountOfSubject(core, identity.subject),
    id: null,
    name: maskName(identity.name ?? username ?? ""),
    way,
    subjectKnown: true,
    subject: identity.subject,
    username,
    verifiedEmail: identity.verifiedEmail,
    email: identity.email ?? addressIn(username),
  };
}

/** Returns the credential that an `mfa_token` is: Auth0 does not tell its life, so the settings do. */
export function mfaTokenCredential(core: Core, mfaToken: string): Credential {
  const expiresAt = core.clock.now() + core.settings.mfaTokenSeconds * 1000;
  return { kind: "mfaToken", value: mfaToken, expiresAt };
}

/** Returns the credential of the next step where the tenant took what was handed in and asks for more; null elsewhere. */
export function chainedCredential(core: Core, told: Told<unknown>): Credential | null {
  if (told.is !== "refused" || told.why.is !== "mfa_required" || told.why.mfaToken === null) return null;
  return mfaTokenCredential(core, told.why.mfaToken);
}

/** Takes on what a code has earned: the new credential is the proof, and the account goes by its subject from now on. */
export async function adoptTokens(core: Core, visit: SignedInVisit, tokens: Tokens): Promise<void> {
  const identity = readIdToken(tokens.idToken, core.settings.tenant);
  if (identity) core.tenantClock.heard(identity.issuedAt);
  const { way, username, id } = visit.person;
  const person = identity ? { ...personOf(core, identity, way, username), id } : visit.person;
  // A subject's account is nobody else's: only one that went by a user name until now is moved.
  if (!visit.person.subjectKnown) await linkAccount(core, visit.person.accountId, person.accountId);
  await changeSession(core, visit.id, (session) => ({
    ...session,
    person,
    credential: tokens.credential,
    provenAt: core.clock.now(),
    challenge: null,
    turnDue: true,
  }));
}

/** Returns the account a user name has been found to be, or the one by name. */
export async function knownAccountOf(core: Core, username: string): Promise<string> {
  const byName = accountOfUsername(core, username);
  return (await core.links.read(byName))?.accountId ?? byName;
}

/** Returns the account that a person's is now: the one by name leads to the subject's once that is known. */
export async function currentAccountOf(core: Core, person: Person): Promise<string> {
  if (person.subjectKnown) return person.accountId;
  return (await core.links.read(person.accountId))?.accountId ?? person.accountId;
}

async function linked(core: Core, session: SessionRecord): Promise<SessionRecord> {
  const { person } = session;
  if (!person || person.subjectKnown) return session;
  return { ...session, person: { ...person, accountId: await currentAccountOf(core, person) } };
}
