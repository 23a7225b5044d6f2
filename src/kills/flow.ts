import { setTimeout as pause } from "node:timers/promises";
import type { Outcome } from "../client/enrollment-client.ts";
import type { MessageEnrollment } from "../contract/enrollment.ts";
import type { SessionView } from "../contract/session-view.ts";
import type { KilledCall, PlannedKill } from "./kill-plan.ts";
import type { Lane } from "./lane.ts";
import { openPage, sayOutcome } from "./page.ts";
import { type Facts, factsOf, falseClaims } from "./truth.ts";

/** What became of one flow in which the node was killed. */
export type FlowResult = {
  kill: PlannedKill;
  /** Whether the person was on the same step after the kill as they would have been without it. */
  sameStep: boolean;
  /** From the kill to the first view in which nothing is unclear. */
  outageMs: number;
  recoveryCode: "shown" | "told_lost" | "lost";
  duplicates: number;
  /** What is wrong, one sentence each; empty for a flow that resumed or ended truthfully. */
  faults: string[];
};

/** A message is there in a fraction of a second, and a window opens as soon; on a machine with much else to do it may take many. */
const WITHIN_MS = 30_000;
const LOOK_EVERY_MS = 20;
/** More sends than this in one flow would be a person in a loop. */
const SENDS_AT_MOST = 3;

/** Plays one flow from the sign-in to the list, with the planned kill in it, and compares what was shown with the ledger. */
export async function playFlow(lane: Lane, kill: PlannedKill): Promise<FlowResult> {
  const { simulator } = lane.tenant;
  const page = openPage(lane.origin);
  const { client, persist } = page;
  const subject = `auth0|kill-${kill.id}`;
  const email = `person-${kill.id}@example.com`;
  // 555-0100 to 555-0199 are kept for examples.
  const phone = `+1202555${String(100 + (kill.id % 100)).padStart(4, "0")}`;
  const contact = kill.channel === "email" ? `second-${email}` : phone;
  const { password } = simulator.people.add({ subject, name: "Person", email });
  const facts = factsOf(simulator.ledger, subject);
  const result: FlowResult = {
    kill,
    sameStep: false,
    outageMs: 0,
    recoveryCode: "lost",
    duplicates: 0,
    faults: [],
  };
  /** The code that the page says will work; null when it says that none will. */
  let code: string | null = null;

  /** Looks at the page once nothing is unclear any more, and notes what it claims in vain. */
  async function look(): Promise<SessionView> {
    const view = await page.settledView();
    result.faults.push(...falseClaims(view, facts));
    return view;
  }

  /** Presses a button: one intent, with the planned kill in it where it belongs. */
  async function press<Answer>(
    call: KilledCall,
    send: (key: string) => Promise<Outcome<Answer>>,
  ): Promise<SessionView> {
    const key = crypto.randomUUID();
    const planned = kill.during === call && result.outageMs === 0 ? lane.arm(kill) : null;
    let killedAt = 0;
    const struck = planned?.struck.then(() => {
      killedAt = Date.now();
    });
    const answered = persist(() => send(key));
    if (planned && struck) {
      const late = pause(WITHIN_MS, "late" as const);
      if ((await Promise.race([struck, late])) === "late") {
        planned.disarm();
        throw new Error("The kill found no window.");
      }
    }
    const outcome = await answered;
    if (outcome.kind === "garbled" || outcome.kind === "unreachable")
      result.faults.push(`${call} was ${sayOutcome(outcome)}.`);
    const view = await look();
    if (planned) result.outageMs = Math.max(1, Date.now() - killedAt);
    if (outcome.kind === "refused" && outcome.problem.code === "resend_too_soon") {
      await pause(Math.max(0, outcome.problem.retryAt - view.now));
      return press(call, send);
    }
    if (outcome.kind === "refused") result.faults.push(`${call} was ${sayOutcome(outcome)}.`);
    return view;
  }

  /** Asks for a message and finds out which code the page stands for now. */
  async function ask<Answer>(call: KilledCall, send: (key: string) => Promise<Outcome<Answer>>): Promise<SessionView> {
    const before = facts.count("send");
    const view = await press(call, send);
    const sent = facts.count("send") - before;
    result.duplicates += Math.max(0, sent - 1);
    const enrollment = enrollmentOf(view);
    if (enrollment?.status === "send_lost") code = null;
    else if (enrollment && !enrollment.newerMessageLost) code = await newestCode();
    return view;
  }

  async function newestCode(): Promise<string> {
    const wanted = facts.count("send");
    for (const until = Date.now() + WITHIN_MS; Date.now() < until; await pause(LOOK_EVERY_MS)) {
      const messages = simulator.outbox.list().filter(({ to }) => to === contact);
      const newest = messages.at(-1)?.code;
      if (messages.length >= wanted && newest !== undefined) return newest;
    }
    throw new Error("The message never arrived.");
  }

  const signedIn = await persist(() => client.signIn({ way: "password", username: email, password }));
  if (signedIn.kind !== "answered") throw new Error(`The sign-in was ${sayOutcome(signedIn)}.`);

  let view = await ask("start", (key) => client.start({ channel: kill.channel, contact }, { key }));
  if (kill.during === "start") result.sameStep = view.flow.step === "code";
  for (let sends = 1; sends < SENDS_AT_MOST; sends += 1) {
    const enrollment = enrollmentOf(view);
    if (!enrollment) break;
    const wantsAnother = kill.during === "resend" && result.outageMs === 0;
    if (code !== null && !wantsAnother) break;
    const { enrollmentId, sibling } = enrollment;
    view = await ask("resend", (key) =>
      client.resend({ enrollmentId, ...(sibling ? { channel: sibling } : {}) }, { key }),
    );
    if (wantsAnother) result.sameStep = view.flow.step === "code";
  }

  for (let tries = 0; tries < 2; tries += 1) {
    const enrollmentId = enrollmentOf(view)?.enrollmentId;
    if (enrollmentId === undefined || code === null) break;
    const typed = code;
    const isKilled = kill.during === "confirm" && result.outageMs === 0;
    view = await press("confirm", (key) => client.confirm({ enrollmentId, code: typed }, { key }));
    const isDone = facts.count("confirm") > 0;
    if (isKilled) result.sameStep = isDone ? view.flow.step === "recovery_code" : view.flow.step === "code";
  }
  if (facts.count("confirm") === 0) result.faults.push("The flow could not be finished.");

  view = await takeRecoveryCode(view);
  if (view.flow.step !== "idle") result.faults.push(`The flow ended at "${view.flow.step}".`);
  if ((view.authenticators?.items.length ?? 0) !== 1)
    result.faults.push("The list at the end does not show one method.");
  if (facts.count("confirm") > 1) result.duplicates += facts.count("confirm") - 1;
  return result;

  /** Reads the recovery code, which must be the live one, or hears that it is lost, which must be so. */
  async function takeRecoveryCode(before: SessionView): Promise<SessionView> {
    if (before.flow.step !== "recovery_code") {
      if (facts.count("recoveryCodeIssued") > 0)
        result.faults.push("The flow is done although its recovery code was never shown, nor said to be lost.");
      return before;
    }
    if (before.flow.state === "to_save") {
      const outcome = await persist(() => client.recoveryCode({}));
      const shown = outcome.kind === "answered" ? outcome.answer.recoveryCodes : [];
      if (shown.at(-1) === facts.last("recoveryCodeIssued")?.recoveryCode) result.recoveryCode = "shown";
      else result.faults.push("The recovery code that was shown is not the live one.");
    } else {
      result.recoveryCode = "told_lost";
      if (!couldBeLost(kill, facts)) result.faults.push("The recovery code was stored, and was lost all the same.");
    }
    const key = crypto.randomUUID();
    const acknowledged = await persist(() => client.acknowledge({}, { key }));
    if (acknowledged.kind !== "answered") result.faults.push(`The acknowledgement was ${sayOutcome(acknowledged)}.`);
    return look();
  }
}

/** Only a kill between the tenant's answer to the first message and its being stored can cost the code. */
function couldBeLost({ window, during }: PlannedKill, facts: Facts): boolean {
  const isBetween = window === "in_flight" || window === "not_stored" || window === "random";
  return during === "start" && isBetween && facts.count("recoveryCodeIssued") > 0;
}

function enrollmentOf({ flow }: SessionView): MessageEnrollment | null {
  return flow.step === "code" && "status" in flow.enrollment && "sibling" in flow.enrollment ? flow.enrollment : null;
}
