import type * as z from "zod/mini";
import { type Channel, isMessageChannel } from "../contract/channel.ts";
import type { RouteAnswer } from "../contract/answers.ts";
import { requests } from "../contract/requests.ts";
import type { RouteName } from "../contract/routes.ts";
import type { SessionView } from "../contract/session-view.ts";
import type { Core, SignedInVisit, Visit } from "./core.ts";
import { cancelEnrollment } from "./cancel-enrollment.ts";
import { verifyChallenge } from "./challenge-answer.ts";
import { openChallenge } from "./challenge-opening.ts";
import type { Intent } from "./changes.ts";
import { confirmEnrollment } from "./confirm-enrollment.ts";
import { isAtRest, refresh } from "./list.ts";
import { keepAsDraft, overIn } from "./pending.ts";
import { accountTag } from "./log.ts";
import { endOtherSessions } from "./other-sessions.ts";
import { renewRecoveryCode } from "./renew-recovery-code.ts";
import { tend, tendTo } from "./tending.ts";
import { acknowledgeRecoveryCode, revealRecoveryCode } from "./recovery-code.ts";
import type { Redirect } from "./redirect.ts";
import { type Refusal, Refused } from "./refused.ts";
import { resendCode } from "./resend-code.ts";
import { removeAuthenticator } from "./removal.ts";
import { readContact } from "./secrets.ts";
import type { SessionRecord } from "./session-record.ts";
import { endEarlier, turnSession } from "./session-turn.ts";
import { changeSession, readSession } from "./sessions.ts";
import { signInByPassword } from "./sign-in.ts";
import { startEnrollment } from "./start-enrollment.ts";
import { leaveDraft, takeUpDraft } from "./typed-before.ts";
import { isLive, viewOf } from "./view.ts";

/** Describes one call of a route, as its handler gets it. */
export type Called = {
  core: Core;
  redirect: Redirect;
  /** Set where the host keeps the sign-in. */
  host: { stepUpAddress: string } | null;
  visit: Visit | null;
  address: string | null;
  /** What was sent, read but not yet held against the route's schema; null for a reading. */
  body: unknown;
  intent: Intent;
  /** The same for this request and its copies alone; empty for one without a key. */
  request: string;
  /** What the log is told of the request. */
  about: { code: string | null; account?: string | null; channel?: Channel | null };
  /** Sets the session cookie; null clears it. */
  setCookie: (value: string | null) => void;
  /** Resolves to the work's result, or to `late` when the page has waited long enough; the work goes on. */
  withinTime: (work: Promise<Refusal | null>) => Promise<Refusal | null | "late">;
};

type Handler<Name extends RouteName> = (called: Called) => Promise<RouteAnswer<Name>>;

/** One handler for each route of the contract; the body is parsed by the route's own schema before anything else is done. */
export const handlers: { [Name in RouteName]: Handler<Name> } = {
  async session(called) {
    const { core, host, visit } = called;
    const signedIn = personIn(visit);
    if (!signedIn) return viewOf(core, visit, null);
    if (!host && isUnchanged(core, signedIn)) return viewOf(core, signedIn, signedIn.account ?? null);
    if (host) await takeUpDraft(core, signedIn);
    const { isRead } = await refresh(core, signedIn);
    await keepAsDraft(core, signedIn);
    return freshView(called, signedIn.id, { tends: isRead });
  },

  signIn: taking(requests.signIn, async (called, body) => {
    const { core, redirect, host, visit, address, about, setCookie } = called;
    if (host) {
      const { draft, typedBy } = body;
      if (visit && draft) await changeSession(core, visit.id, (session) => ({ ...session, draft }));
      // The host's sign-in has ended: what was typed waits for whoever typed it.
      else if (draft && typedBy !== undefined) await leaveDraft(core, typedBy, draft);
      about.code = "left";
      return { outcome: "leave", location: host.stepUpAddress } as const;
    }
    if (!core.settings.signInWays.includes(body.way)) throw new Refused({ code: "not_found" });
    if (body.way === "redirect") {
      await core.signIns.begin(address);
      const { location, cookie } = await redirect.leave(visit, body);
      if (cookie !== null) setCookie(cookie);
      about.code = "left";
      return { outcome: "leave", location } as const;
    }
    const begun = await signInByPassword(core, visit, body, address);
    setCookie(begun.cookie);
    const signedIn = personIn(begun.visit);
    if (signedIn) {
      about.account = accountTag(signedIn.person.accountId);
      await refresh(core, signedIn);
      await keepAsDraft(core, signedIn);
    }
    return { outcome: "signed_in", view: await freshView(called, begun.visit.id) } as const;
  }),

  signOut: taking(requests.signOut, async ({ core, redirect, visit, setCookie }) => {
    setCookie(null);
    if (visit) {
      await forgetContact(core, visit);
      // What is still under way for this visit must find it over, under whichever id it comes.
      await endEarlier(core, visit.id);
      if (visit.session.from !== null) await endEarlier(core, visit.session.from);
    }
    return { location: visit?.session.person?.way === "redirect" ? redirect.farewell() : null };
  }),

  start: changing(requests.start, startEnrollment),

  async contact({ core, visit }) {
    const signedIn = required(visit);
    const account = await core.accounts.read(signedIn.person.accountId);
    const pending = account?.pending ?? null;
    const typed = pending && isLive(core, signedIn, pending) ? await readContact(core, pending.id) : null;
    if (pending && typed !== null) return { channel: pending.channel, contact: typed };
    const { draft } = signedIn.session;
    if (!draft) throw new Refused({ code: "enrollment_over" });
    return {
      channel: draft.channel,
      contact: isMessageChannel(draft.channel) && "contact" in draft ? draft.contact : null,
    };
  },

  resend: changing(requests.resend, resendCode),

  confirm: changing(requests.confirm, (core, visit, { enrollmentId, code }, intent) => {
    if (code === undefined) throw new Refused({ code: "invalid_request" });
    return confirmEnrollment(core, visit, { enrollmentId, code }, intent);
  }),

  cancel: changing(requests.cancel, cancelEnrollment),

  recoveryCode: taking(requests.recoveryCode, async ({ core, visit }) => ({
    recoveryCodes: await revealRecoveryCode(core, required(visit)),
  })),

  acknowledge: changing(requests.acknowledge, (core, visit, _body, intent) =>
    acknowledgeRecoveryCode(core, visit, intent),
  ),

  renewRecoveryCode: changing(
    requests.renewRecoveryCode,
    (core, visit, _body, intent) => renewRecoveryCode(core, visit, intent),
    { code: "outcome_unclear", what: "renew" },
  ),

  endOtherSessions: changing(requests.endOtherSessions, (core, visit, _body, intent) =>
    endOtherSessions(core, visit, intent),
  ),

  remove: changing(
    requests.remove,
    (core, visit, body, intent) => removeAuthenticator(core, visit, body.authenticatorId, intent),
    { code: "outcome_unclear", what: "remove" },
  ),

  challenge: changing(requests.challenge, openChallenge, { code: "outcome_unclear", what: "challenge" }),

  verify: changing(requests.verify, verifyChallenge, { code: "outcome_unclear", what: "verify" }),
};

/** Makes a handler of a function that takes the route's parsed body. */
function taking<Schema extends z.ZodMiniType, Answer>(
  schema: Schema,
  work: (called: Called, body: z.infer<Schema>) => Promise<Answer>,
): (called: Called) => Promise<Answer> {
  return async (called) => {
    const parsed = schema.safeParse(called.body);
    if (!parsed.success) throw new Refused({ code: "invalid_request" });
    return work(called, parsed.data);
  };
}

/** An action within a second of the last one moves the end of the visit by nothing worth a write. */
const SAME_ACTION_MS = 1_000;

/**
 * Makes a handler of a change: for somebody signed in, within the time a page waits, answered by what is true then. `late` is
 * the refusal where the view cannot tell that the outcome is still open.
 */
function changing<Schema extends z.ZodMiniType>(
  schema: Schema,
  work: (core: Core, visit: SignedInVisit, body: z.infer<Schema>, intent: Intent) => Promise<Refusal | null>,
  late: Refusal | null = null,
): (called: Called) => Promise<SessionView> {
  return taking(schema, async (called, body) => {
    const { core, visit, intent, withinTime } = called;
    const signedIn = required(visit);
    const now = core.clock.now();
    const isActive = ({ activeAt }: SessionRecord) => now - activeAt < SAME_ACTION_MS;
    if (!isActive(signedIn.session))
      await changeSession(core, signedIn.id, (session) =>
        isActive(session) ? session : { ...session, activeAt: now },
      );
    const working = work(core, signedIn, body, intent);
    // Where nothing was begun this throws, and there is nothing to tend.
    const told = await withinTime(working);
    if (told === null) return freshView(called, signedIn.id, { tends: true });
    // Whether or not somebody still waits for it.
    working.then(
      () => tend(core, signedIn.id),
      () => null,
    );
    const refusal = told === "late" ? late : told;
    if (refusal) throw new Refused(refusal);
    return freshView(called, signedIn.id);
  });
}

/** What was typed ends with the visit that typed it; a recovery code does not. */
async function forgetContact(core: Core, { session }: Visit): Promise<void> {
  const account = session.person && (await core.accounts.read(session.person.accountId));
  if (account?.pending?.visitId === session.visitId) await core.secrets.remove(account.pending.id);
}

/** Returns what is true now, under a new session id where something was earned or changed. */
async function freshView(
  { core, host, request, setCookie }: Called,
  id: string,
  { tends = false }: { tends?: boolean } = {},
): Promise<SessionView> {
  const session = await readSession(core, id);
  // The host's cookie is the host's to change.
  if (session?.turnDue && !host) setCookie(await turnSession(core, id, request));
  const visit = session && personIn({ id, session });
  if (!visit) return viewOf(core, session && { id, session }, null);
  const { accountId } = visit.person;
  const account = await core.accounts.read(accountId);
  if (tends) tendTo(core, visit, account);
  else if (account && account.notices.length > 0) core.notices.deliver(accountId);
  return viewOf(core, visit, account);
}

/** Tells whether a look at the session finds all as it was read when the request came in, as most looks do. */
function isUnchanged(core: Core, visit: SignedInVisit): boolean {
  const { account, session } = visit;
  if (!account || session.turnDue || account.notices.length > 0) return false;
  return isAtRest(core, visit, account) && !overIn(core, visit, account);
}

function personIn(visit: Visit | null): SignedInVisit | null {
  return visit?.session.person ? { ...visit, person: visit.session.person } : null;
}

function required(visit: Visit | null): SignedInVisit {
  const signedIn = personIn(visit);
  if (!signedIn) throw new Error("The guard signedIn stands before every door that asks for this.");
  return signedIn;
}
