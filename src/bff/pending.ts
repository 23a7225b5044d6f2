import { isMessageChannel, type MessageChannel } from "../contract/channel.ts";
import { parseEmail } from "../contract/email.ts";
import type { Start } from "../contract/requests.ts";
import { type AccountRecord, newAccount } from "./account-record.ts";
import type { Core, SignedInVisit } from "./core.ts";
import { isBusy, refresh } from "./list.ts";
import type { Pending } from "./pending-record.ts";
import { judgePhone } from "./phone-plan.ts";
import { Refused } from "./refused.ts";
import { readContact } from "./secrets.ts";
import { changeSession } from "./sessions.ts";
import { isLive } from "./view.ts";

/** Says where a message goes: the contact is E.164 or an address, judged already. */
export type Message = { channel: MessageChannel; contact: string };

/** Returns the message that a start asks for, null for a channel without one. Throws {@link Refused} for a contact that cannot be. */
export function messageOf(core: Core, start: Start): Message | null {
  const { channel } = start;
  return isMessageChannel(channel) && "contact" in start ? judgeContact(core, channel, start.contact) : null;
}

/** Returns the message to a contact as it will be sent. Throws {@link Refused} for a contact that cannot be reached this way. */
export function judgeContact({ settings }: Core, channel: MessageChannel, contact: string): Message {
  if (channel !== "email") return { channel, contact: judgePhone(contact, channel, settings.phonePolicy) };
  const parsed = parseEmail(contact);
  if (!parsed.ok) throw new Refused({ code: "invalid_email", reason: parsed.reason });
  return { channel, contact: parsed.email };
}

/** Returns the pending enrollment that a request names. Throws {@link Refused} unless it is this visit's and can still be confirmed. */
export function theirs(core: Core, visit: SignedInVisit, record: AccountRecord, enrollmentId: string): Pending {
  const { pending } = record;
  if (!pending || pending.id !== enrollmentId || !isLive(core, visit, pending))
    throw new Refused({ code: "enrollment_over" });
  // Whether the last code was taken is still being read: until that is known, nothing else may be done with it.
  if (pending.status === "confirming") throw new Refused({ code: "upstream_unavailable" });
  return pending;
}

/** Settles a confirm whose outcome was unclear, so that what follows builds on fact. */
export async function settleFirst(core: Core, visit: SignedInVisit): Promise<void> {
  const record = await core.accounts.read(visit.person.accountId);
  const isOpen = record?.pending?.status === "confirming" || record?.pending?.mayCount === true;
  if (record && isOpen && !isBusy(record, core.clock.now())) await refresh(core, visit);
}

/** Returns what would start a pending enrollment again, or null when its contact has ended. */
export async function startOf(core: Core, pending: Pending): Promise<Start | null> {
  const contact = await readContact(core, pending.id);
  if (contact === null) return null;
  const { channel, replaces } = pending;
  return { channel, contact, ...(replaces ? { replaces: replaces.handle } : {}) };
}

/** Returns a visit's enrollment that can no longer be confirmed; null where there is none. */
export function overIn(core: Core, visit: SignedInVisit, record: AccountRecord): Pending | null {
  const { pending } = record;
  if (pending?.visitId !== visit.session.visitId || pending.status === "confirming") return null;
  return isBusy(record, core.clock.now()) || isLive(core, visit, pending) ? null : pending;
}

/** Turns a visit's enrollment that can no longer be confirmed into a draft, so that what was typed is not lost. */
export async function keepAsDraft(core: Core, visit: SignedInVisit): Promise<void> {
  const ended = await core.accounts.update(visit.person.accountId, (stored) => {
    const record = stored ?? newAccount();
    const ended = overIn(core, visit, record);
    return ended ? { record: { ...record, pending: null }, result: ended } : { record: stored ?? record, result: null };
  });
  if (!ended) return;
  const start = await startOf(core, ended);
  if (start) await changeSession(core, visit.id, (session) => ({ ...session, draft: session.draft ?? start }));
  await core.secrets.remove(ended.id);
}

/** Keeps what was typed where the refusal asks for a proof first, and throws it on. */
export async function keepTyped(core: Core, visit: SignedInVisit, error: unknown, start: Start): Promise<never> {
  if (error instanceof Refused && error.refusal.code === "proof_needed") {
    await changeSession(core, visit.id, (session) => ({ ...session, draft: start }));
  }
  throw error;
}

/** Follows a refusal of the tenant that asks for a new proof: what was typed is kept, and what no longer works is forgotten. */
export async function afterRefusal(core: Core, visit: SignedInVisit, why: string, start: Start | null): Promise<void> {
  if (why !== "credential_over" && why !== "already_enrolled") return;
  await changeSession(core, visit.id, (session) => ({
    ...session,
    draft: start ?? session.draft,
    provenAt: null,
    credential: why === "credential_over" ? null : session.credential,
  }));
}
