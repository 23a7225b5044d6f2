import { setTimeout as pause } from "node:timers/promises";
import type { Outcome } from "../client/enrollment-client.ts";
import type { MessageEnrollment } from "../contract/enrollment.ts";
import type { SessionView } from "../contract/session-view.ts";
import { sayOutcome } from "../kills/page.ts";
import { factsOf } from "../kills/truth.ts";
import type { Simulator } from "../simulator/simulator.ts";
import type { Inbox } from "./inbox.ts";
import type { Person } from "./person.ts";
import { openVisitor } from "./visitor.ts";
import { createWitness } from "./witness.ts";

/** What all people of a run have in common. */
export type World = {
  origin: string;
  simulator: Simulator;
  inbox: Inbox;
  /** Whom each id that a page knows people by belongs to. */
  owners: Map<string, number>;
};

/** What became of one person's way from the sign-in to the list. */
export type FlowResult = {
  person: Person;
  /** How often something did not work at once. */
  troubles: number;
  reloads: number;
  signedInAgain: number;
  /** `renewed`: known to be lost with a node, and replaced by a new one that was seen. */
  recoveryCode: "shown" | "renewed" | "lost";
  duplicates: number;
  /** Answers that show somebody else's. */
  foreign: string[];
  /** What is wrong, one sentence each; empty for a flow that ended as it should. */
  faults: string[];
};

/** A plain way takes ten steps, and each trouble a few more; beyond this somebody walks in circles. */
const STEPS_AT_MOST = 60;
const LOOK_AGAIN_MS = 500;

/**
 * Plays one person, who always does what the page asks for, and compares what it showed with the tenant's ledger. What was shown and
 * pressed is noted in `story`, for whoever looks into a fault.
 */
export async function playFlow(world: World, person: Person, story: string[] = []): Promise<FlowResult> {
  const { origin, simulator, inbox } = world;
  const { subject, email, contact, channel } = person;
  const { password } = simulator.people.add({ subject, name: person.name, email });
  const facts = factsOf(simulator.ledger, subject);
  const witness = createWitness(world.owners, person);
  const visitor = openVisitor(origin, person.address, witness.see);
  const { client, persist } = visitor;
  const result: FlowResult = {
    person,
    troubles: 0,
    reloads: 0,
    signedInAgain: 0,
    recoveryCode: "lost",
    duplicates: 0,
    foreign: witness.foreign,
    faults: [],
  };
  const note = (what: string) => story.push(`${new Date().toISOString().slice(11, 23)} ${what}`);
  const typed = new Set<string>();
  let messagesAskedFor = 0;
  let askedAgain = false;
  let contactSeen = false;
  let wasSignedIn = false;

  /** Presses a button: one intent, perhaps twice at once. */
  async function press<Answer>(send: (key: string) => Promise<Outcome<Answer>>): Promise<Outcome<Answer>> {
    const key = crypto.randomUUID();
    const outcome = persist(() => send(key));
    void outcome.then((each) => note(sayOutcome(each)));
    if (!person.pressesTwice) return outcome;
    const said = (await Promise.all([outcome, persist(() => send(key))])).map(sayOutcome);
    const heard = new Set(said.filter((each) => each !== "outdated"));
    if (heard.size > 1) result.faults.push(`The copies of one press were ${[...heard].join(" and ")}.`);
    return outcome;
  }

  async function signIn(): Promise<void> {
    const outcome = await persist(() => client.signIn({ way: "password", username: email, password }));
    // A node that stood still while the tenant answered says that it did not: the person signs in once more.
    if (outcome.kind === "refused" && outcome.problem.code !== "upstream_unavailable")
      throw new Error(`The sign-in was ${sayOutcome(outcome)}.`);
    note(`sign-in ${sayOutcome(outcome)}`);
  }

  async function ask<Answer>(send: (key: string) => Promise<Outcome<Answer>>): Promise<void> {
    messagesAskedFor += 1;
    const outcome = await press(send);
    if (outcome.kind !== "refused") return;
    const { problem } = outcome;
    if (problem.code === "proof_needed") await signIn();
    else if (problem.code === "resend_too_soon") await pause(Math.max(0, problem.retryAt - Date.now()));
    else if (problem.code !== "upstream_unavailable" && problem.code !== "enrollment_over")
      throw new Error(`The message was ${sayOutcome(outcome)}.`);
  }

  async function enterCode(enrollment: MessageEnrollment): Promise<void> {
    const { enrollmentId, sibling, newerMessageLost } = enrollment;
    const resend = (channelAsked: typeof sibling) =>
      ask((key) => client.resend({ enrollmentId, ...(channelAsked ? { channel: channelAsked } : {}) }, { key }));
    if (enrollment.status === "send_lost") return resend(sibling);
    if (person.asksAgain && !askedAgain && sibling) {
      askedAgain = true;
      return resend(sibling);
    }
    if (!contactSeen) {
      contactSeen = true;
      const shown = await persist(() => client.contact(null));
      if (shown.kind === "answered") witness.seeContact(shown.answer.contact);
    }
    await inbox.newest(contact, facts.count("send"));
    const newestFirst = inbox.codes(contact).toReversed();
    const likely = newerMessageLost ? [...newestFirst.slice(1), ...newestFirst.slice(0, 1)] : newestFirst;
    const isWrong = person.typesWrongFirst && typed.size === 0;
    const code = isWrong ? wrongCode(newestFirst) : likely.find((each) => !typed.has(each));
    if (code === undefined) return resend(null);
    typed.add(code);
    const outcome = await press((key) => client.confirm({ enrollmentId, code }, { key }));
    if (outcome.kind !== "refused" || outcome.problem.code === "upstream_unavailable") return;
    if (!isWrong) result.faults.push(`The code of a message that was sent was ${sayOutcome(outcome)}.`);
    else if (outcome.problem.code !== "wrong_code") result.faults.push(`A wrong code was ${sayOutcome(outcome)}.`);
  }

  async function saveRecoveryCode({ flow }: SessionView): Promise<void> {
    if (flow.step !== "recovery_code") return;
    if (flow.needsProof) throw new Error("The recovery code asks for a proof that was given.");
    if (flow.state === "lost") {
      if (!flow.canRenew) throw new Error("The recovery code is lost, and there is no other.");
      await press((key) => client.renewRecoveryCode({}, { key }));
      result.recoveryCode = "renewed";
      return;
    }
    const outcome = await persist(() => client.recoveryCode({}));
    if (outcome.kind !== "answered") return;
    if (outcome.answer.recoveryCodes.at(-1) !== simulator.people.get(subject)?.recoveryCode?.code)
      result.faults.push("The recovery code that was shown is not the live one.");
    const renewed = result.recoveryCode === "renewed";
    await press((key) => client.acknowledge({}, { key }));
    result.recoveryCode = renewed ? "renewed" : "shown";
  }

  if (person.endsOthers) result.faults.push(...(await endOthers()));
  for (let step = 0; step < STEPS_AT_MOST; step += 1) {
    const view = await visitor.settledView();
    const { flow } = view;
    note(JSON.stringify(flow));
    if (view.person === null && wasSignedIn) result.signedInAgain += 1;
    wasSignedIn = view.person !== null;
    if (view.person === null) await signIn();
    else if (flow.step === "code" && "status" in flow.enrollment && "sibling" in flow.enrollment)
      await enterCode(flow.enrollment);
    else if (flow.step === "recovery_code") await saveRecoveryCode(view);
    else if (facts.count("confirm") === 0) await ask((key) => client.start({ channel, contact }, { key }));
    else if (view.authenticators === null) await pause(LOOK_AGAIN_MS);
    else return ended(view);
  }
  throw new Error("The flow never ended.");

  function ended(view: SessionView): FlowResult {
    if ((view.authenticators?.items.length ?? 0) !== 1) result.faults.push("The list does not show one method.");
    if (result.recoveryCode === "lost") result.faults.push("The recovery code was never seen.");
    const more = (count: number, than: number) => Math.max(0, count - than);
    result.duplicates =
      more(facts.count("send"), messagesAskedFor) +
      more(facts.count("associate"), messagesAskedFor) +
      more(facts.count("confirm"), 1);
    simulator.people.remove(subject);
    return { ...result, troubles: visitor.troubles(), reloads: visitor.reloads() };
  }

  /** Opens a visit elsewhere, ends it from here, and looks there. */
  async function endOthers(): Promise<string[]> {
    const elsewhere = openVisitor(origin, person.address, witness.see);
    await elsewhere.persist(() => elsewhere.client.signIn({ way: "password", username: email, password }));
    await signIn();
    const outcome = await press((key) => client.endOtherSessions({}, { key }));
    if (outcome.kind !== "answered") return [];
    const view = await elsewhere.settledView();
    return view.person === null ? [] : ["A visit that was ended here goes on elsewhere."];
  }
}

/** Draws a code that none of the messages holds. */
function wrongCode(sent: readonly string[]): string | undefined {
  return ["000000", "111111", "222222", "333333"].find((code) => !sent.includes(code));
}
