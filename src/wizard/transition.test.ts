import { describe, expect, test } from "vitest";
import type { Authenticator } from "../contract/authenticator.ts";
import type { WizardEvent } from "./event.ts";
import { resume } from "./arrival.ts";
import { SAMPLE_EVENTS, SAMPLE_SESSIONS, SAMPLE_STATES } from "./sample-machine.ts";
import { sampleEnrollment, samplePhone, sampleProblem, sampleView } from "./sample-views.ts";
import type { StateOf, Step, WizardState } from "./state.ts";
import { transition } from "./transition.ts";

/** What moves a person or corrects their screen, by screen. Every pair that is not here must return the same object. */
const LISTED: Readonly<Record<Step, readonly string[]>> = {
  waiting: ["read"],
  closed: [
    "channelListOpened",
    "replacementChosen",
    "removalChosen",
    "proofChosen",
    "flowTakenUp",
    "endOtherSessions",
    "personChanged",
  ],
  signingIn: ["read", "signIn", "personChanged"],
  choosingChannel: ["channelChosen", "closed", "read", "cancel", "flowTakenUp", "personChanged"],
  enteringContact: ["channelListOpened", "contactGiven", "closed", "start", "cancel", "flowTakenUp", "personChanged"],
  awaitingSend: ["contactReopened", "closed", "read", "resend", "cancel", "personChanged"],
  facingLostSend: ["channelListOpened", "contactReopened", "closed", "read", "resend", "cancel", "personChanged"],
  enteringCode: [
    "channelListOpened",
    "contactReopened",
    "closed",
    "read",
    "resend",
    "confirm",
    "cancel",
    "personChanged",
  ],
  awaitingOutcome: ["closed", "read", "confirm", "personChanged"],
  choosingProof: ["closed", "challenge", "cancel", "read", "personChanged"],
  enteringProof: ["proofChosen", "closed", "read", "challenge", "verify", "cancel", "personChanged"],
  enteringPassword: ["proofChosen", "closed", "signIn", "cancel", "read", "personChanged"],
  leavingForProof: ["proofChosen", "closed", "signIn", "cancel", "read", "personChanged"],
  savingRecoveryCode: ["recoveryCodeArrived", "read", "acknowledge", "pageLeft", "personChanged"],
  done: ["closed", "endOtherSessions", "personChanged"],
  doneWithoutRecoveryCode: ["closed", "read", "renewRecoveryCode", "personChanged"],
  confirmingRemoval: ["closed", "read", "remove", "personChanged"],
  stopped: ["channelListOpened", "retried", "closed", "read", "personChanged"],
};

function kindOf(event: WizardEvent): string {
  if (event.type === "viewArrived") return "read";
  return "ask" in event ? event.ask : event.type;
}

/** Ending the sign-in is the one thing that a reading tells to every screen but the two ends. */
function endsTheSignIn(event: WizardEvent): boolean {
  return event.type === "viewArrived" && event.view.person === null;
}

describe("the whole grid of screens and events", () => {
  for (const state of SAMPLE_STATES) {
    test(`somebody on "${state.step}" is moved by what that screen lists and by nothing else`, () => {
      const moved = new Set<string>();
      for (const { says, event } of SAMPLE_EVENTS) {
        const next = transition(state, event);
        const kind = kindOf(event);
        if (next !== state) moved.add(kind);
        if (LISTED[state.step].includes(kind) || endsTheSignIn(event)) continue;
        expect(next, says).toBe(state);
      }
      // The list is no wish list: each entry does something.
      for (const kind of LISTED[state.step]) expect([...moved], kind).toContain(kind);
    });
  }

  test("the samples are plausible: every step and hundreds of events", () => {
    expect(SAMPLE_STATES).toHaveLength(18);
    expect(SAMPLE_EVENTS.length).toBeGreaterThan(150);
  });
});

const named = <Name extends Step>(step: Name): StateOf<Name> => {
  const found = SAMPLE_STATES.find((state): state is StateOf<Name> => state.step === step);
  if (found === undefined) throw new Error(`No sample of ${step}.`);
  return found;
};

const codeView = (changes = {}) => sampleView({ flow: { step: "code", enrollment: sampleEnrollment(changes) } });

describe("strangers", () => {
  test("an answer about another enrollment never moves somebody who types a code", () => {
    const state = named("enteringCode");
    const view = SAMPLE_SESSIONS["the recovery code is to be saved"] ?? sampleView();
    const late = { type: "answered", ask: "confirm", id: "enrollment-0", view } as const;
    expect(transition(state, late)).toBe(state);
    expect(transition(state, { ...late, id: "enrollment-1" }).step).toBe("savingRecoveryCode");
  });

  test("a refusal of another enrollment's code is not shown", () => {
    const state = named("enteringCode");
    const problem = sampleProblem("wrong_code", 422, { attemptsLeft: 1 });
    expect(transition(state, { type: "refused", ask: "confirm", id: "enrollment-0", problem })).toBe(state);
  });

  test("an answer about another challenge never moves somebody who proves who they are", () => {
    const state = named("enteringProof");
    expect(transition(state, { type: "answered", ask: "verify", id: "challenge-0", view: sampleView() })).toBe(state);
  });
});

describe("a person on the way", () => {
  test("someone mistyped the code: the same screen says how many tries are left", () => {
    const problem = sampleProblem("wrong_code", 422, { attemptsLeft: 2 });
    const next = transition(named("enteringCode"), { type: "refused", ask: "confirm", id: "enrollment-1", problem });
    expect(next).toMatchObject({ step: "enteringCode", problem, enrollment: { attemptsLeft: 2 } });
  });

  test("someone changes the number and finds the old one in the field", () => {
    const next = transition(named("enteringCode"), { type: "contactReopened" });
    expect(next).toMatchObject({ step: "enteringContact", contact: "+12025550123", channel: "sms" });
  });

  test("someone who must prove who they are lands where they were, with what they typed", () => {
    const problem = sampleProblem("proof_needed", 403, {});
    const asked = SAMPLE_SESSIONS["a method is to prove it"] ?? sampleView();
    const refused = transition(named("enteringContact"), { type: "refused", ask: "start", id: null, problem });
    const choosing = transition(refused, { type: "viewArrived", view: asked });
    expect(choosing.step).toBe("choosingProof");
    const open = SAMPLE_SESSIONS["a challenge is open"] ?? sampleView();
    const entering = transition(choosing, { type: "answered", ask: "challenge", id: null, view: open });
    expect(entering.step).toBe("enteringProof");
    const back = transition(entering, { type: "answered", ask: "verify", id: "challenge-1", view: sampleView() });
    expect(back).toMatchObject({ step: "enteringContact", contact: "+12025550123", channel: "sms", problem: null });
  });

  test("someone whose password was not enough goes on to a code, and still lands where they were", () => {
    const asked = SAMPLE_SESSIONS["a method is to prove it"] ?? sampleView();
    const next = transition(named("enteringPassword"), { type: "answered", ask: "signIn", id: null, view: asked });
    expect(next).toMatchObject({ step: "choosingProof", then: { to: "contact", contact: "+12025550123" } });
  });

  test("someone whose sign-in ended signs in again and finds the number still there", () => {
    const out = transition(named("enteringContact"), { type: "viewArrived", view: sampleView({ person: null }) });
    expect(out).toMatchObject({ step: "signingIn", again: true });
    const back = transition(out, { type: "answered", ask: "signIn", id: null, view: sampleView() });
    expect(back).toMatchObject({ step: "enteringContact", contact: "+12025550123" });
  });

  test("a reading never moves somebody who types a number on to a code", () => {
    const state = named("enteringContact");
    expect(transition(state, { type: "viewArrived", view: codeView() })).toBe(state);
  });

  test("an unclear confirmation that worked after all is told as done", () => {
    const view = sampleView({ authenticators: { items: [samplePhone()], knownAt: 0 } });
    expect(transition(named("awaitingOutcome"), { type: "viewArrived", view }).step).toBe("done");
  });

  test("a method is said to be replaced once the old one is listed no more", () => {
    const enrollment = sampleEnrollment({ replaces: "phone-1" });
    const typing = { ...named("enteringCode"), enrollment } as WizardState;
    const said = (items: readonly Authenticator[]) =>
      transition(typing, {
        type: "answered",
        ask: "confirm",
        id: enrollment.enrollmentId,
        view: sampleView({ authenticators: { items: [...items], knownAt: 0 } }),
      });
    expect(said([samplePhone({ id: "phone-2" })])).toMatchObject({ step: "done", added: { replaced: true } });
    expect(said([samplePhone(), samplePhone({ id: "phone-2" })])).toMatchObject({ added: { replaced: false } });
  });

  test("an enrollment that is over because it was confirmed ends in its recovery code, not in a stop", () => {
    const problem = sampleProblem("enrollment_over", 409, {});
    const over = transition(named("enteringCode"), { type: "refused", ask: "confirm", id: "enrollment-1", problem });
    const view = SAMPLE_SESSIONS["the recovery code is to be saved"] ?? sampleView();
    expect(transition(over, { type: "viewArrived", view })).toMatchObject({ step: "savingRecoveryCode" });
  });

  test("an enrollment that is gone while the list is unknown is neither told as done nor as ended", () => {
    const view = sampleView({ authenticators: null });
    expect(transition(named("awaitingOutcome"), { type: "viewArrived", view })).toBe(named("awaitingOutcome"));
  });

  test("an unclear confirmation that left no new method is not told as done", () => {
    const state: WizardState = { ...named("awaitingOutcome"), known: ["phone-1"] };
    const view = sampleView({ authenticators: { items: [samplePhone()], knownAt: 0 } });
    expect(transition(state, { type: "viewArrived", view })).toMatchObject({
      step: "stopped",
      why: { code: "enrollment_ended" },
      on: { step: "enteringContact", contact: "+12025550123" },
    });
  });

  test("a recovery code that was never saved cannot be waved away", () => {
    const state = named("savingRecoveryCode");
    expect(transition(state, { type: "closed" })).toBe(state);
  });

  test("a recovery code that replaced a used one leads back to what the proof interrupted", () => {
    const view = SAMPLE_SESSIONS["the recovery code is to be saved"] ?? sampleView();
    const saving = transition(named("enteringProof"), { type: "answered", ask: "verify", id: "challenge-1", view });
    expect(saving).toMatchObject({ step: "savingRecoveryCode", steps: null });
    const next = transition(saving, { type: "answered", ask: "acknowledge", id: null, view: sampleView() });
    expect(next).toMatchObject({ step: "enteringContact", contact: "+12025550123" });
  });

  test("a recovery code that got lost never ends in plain done", () => {
    const view = SAMPLE_SESSIONS["the recovery code is lost"] ?? sampleView();
    const next = transition(named("enteringCode"), { type: "answered", ask: "confirm", id: "enrollment-1", view });
    expect(next.step).toBe("doneWithoutRecoveryCode");
  });

  test("a service that is down stops with a way back to the same screen and what was typed", () => {
    const problem = sampleProblem("upstream_unavailable", 503, {});
    const stopped = transition(named("enteringContact"), { type: "refused", ask: "start", id: null, problem });
    expect(stopped.step).toBe("stopped");
    expect(transition(stopped, { type: "retried" })).toEqual(named("enteringContact"));
  });

  test("a service that was down leads back to a screen with the tries that are left by then", () => {
    const problem = sampleProblem("unexpected_answer", 502, {});
    const refused = { type: "refused", ask: "confirm", id: "enrollment-1", problem } as const;
    const stopped = transition(named("enteringCode"), refused);
    const view = sampleView({ flow: { step: "code", enrollment: sampleEnrollment({ attemptsLeft: 1 }) } });
    const back = transition(transition(stopped, { type: "viewArrived", view }), { type: "retried" });
    expect(back).toMatchObject({ step: "enteringCode", enrollment: { attemptsLeft: 1 } });
  });

  test("someone whose sign-in could not be done now is not told that one has ended", () => {
    const problem = sampleProblem("upstream_unavailable", 503, {});
    const stopped = transition(named("signingIn"), { type: "refused", ask: "signIn", id: null, problem });
    expect(transition(stopped, { type: "viewArrived", view: sampleView({ person: null }) })).toBe(stopped);
    expect(transition(stopped, { type: "retried" })).toEqual(named("signingIn"));
  });

  test("the one channel there is needs no choosing", () => {
    const view = sampleView({ channels: ["email"] });
    const next = transition({ step: "closed" }, { type: "channelListOpened", view });
    expect(next).toMatchObject({ step: "enteringContact", channel: "email", chose: false });
  });

  test("the automatic email is never offered for replacement", () => {
    const email = samplePhone({ id: "email-1", channels: ["email"], automatic: true });
    const state: WizardState = { step: "closed" };
    expect(transition(state, { type: "replacementChosen", authenticator: email, view: sampleView() })).toBe(state);
  });
});

describe("another tab", () => {
  const session = (name: string) => SAMPLE_SESSIONS[name] ?? sampleView();

  test("an enrollment that was begun anew elsewhere is said to go on there, and is taken up here when asked", () => {
    const view = session("another enrollment is pending");
    for (const step of ["awaitingSend", "facingLostSend", "enteringCode", "awaitingOutcome"] as const) {
      const stopped = transition(named(step), { type: "viewArrived", view });
      expect(stopped).toMatchObject({ step: "stopped", why: { code: "continued_elsewhere" } });
      const here = transition(stopped, { type: "flowTakenUp", view });
      expect(here).toMatchObject({ step: "enteringCode", enrollment: { enrollmentId: "enrollment-2" }, contact: null });
    }
  });

  test("a code that came too late because another tab began anew says so, not that nothing is pending", () => {
    const problem = sampleProblem("enrollment_over", 409, {});
    const over = transition(named("enteringCode"), { type: "refused", ask: "confirm", id: "enrollment-1", problem });
    expect(over).toMatchObject({ step: "stopped", why: { code: "enrollment_over" } });
    const view = session("another enrollment is pending");
    expect(transition(over, { type: "viewArrived", view })).toMatchObject({ why: { code: "continued_elsewhere" } });
    expect(transition(over, { type: "viewArrived", view: sampleView() })).toBe(over);
  });

  test.each(["choosingProof", "enteringPassword", "leavingForProof"] as const)(
    "a proof that was given there ends %s here, where it was asked for",
    (step) => {
      const next = transition(named(step), { type: "viewArrived", view: sampleView() });
      expect(next).toMatchObject({ step: "enteringContact", contact: "+12025550123" });
    },
  );

  test("a proof that is still owed keeps the screen", () => {
    const view = session("the password is to prove it");
    expect(transition(named("enteringPassword"), { type: "viewArrived", view })).toBe(named("enteringPassword"));
  });

  test("a recovery code that was renewed there is no longer said to be missing here", () => {
    const view = session("the recovery code is to be saved");
    const next = transition(named("doneWithoutRecoveryCode"), { type: "viewArrived", view });
    expect(next).toMatchObject({ step: "savingRecoveryCode", codes: null });
  });
});

describe("a recovery code that got lost", () => {
  const lost = named("doneWithoutRecoveryCode");
  const renewed = SAMPLE_SESSIONS["the recovery code is to be saved"] ?? sampleView();

  test("is replaced by a new one, which is saved like the first and then ends in done", () => {
    const saving = transition(lost, { type: "answered", ask: "renewRecoveryCode", id: null, view: renewed });
    expect(saving).toMatchObject({ step: "savingRecoveryCode", added: lost.added });
    const next = transition(saving, { type: "answered", ask: "acknowledge", id: null, view: sampleView() });
    expect(next).toMatchObject({ step: "done", added: lost.added });
  });

  test("is renewed only after a proof where one is needed, and the way back remembers what was added", () => {
    const problem = sampleProblem("proof_needed", 403, {});
    const refused = transition(lost, { type: "refused", ask: "renewRecoveryCode", id: null, problem });
    const asked = SAMPLE_SESSIONS["a method is to prove it"] ?? sampleView();
    const proving = transition(refused, { type: "viewArrived", view: asked });
    expect(proving).toMatchObject({ step: "choosingProof", then: { to: "recovery_code", added: lost.added } });
    const flow = {
      step: "recovery_code",
      authenticator: null,
      state: "lost",
      canRenew: true,
      needsProof: false,
    } as const;
    const open = SAMPLE_SESSIONS["a challenge is open"] ?? sampleView();
    const entering = transition(proving, { type: "answered", ask: "challenge", id: null, view: open });
    const view = sampleView({ flow });
    expect(transition(entering, { type: "answered", ask: "verify", id: "challenge-1", view })).toEqual(lost);
  });

  test("and whose sign-in ended meanwhile asks to sign in only once a new one was asked for", () => {
    const out = sampleView({ person: null });
    expect(transition(lost, { type: "viewArrived", view: out })).toBe(lost);
    const problem = sampleProblem("signed_out", 401, {});
    const refused = transition(lost, { type: "refused", ask: "renewRecoveryCode", id: null, problem });
    const next = transition(refused, { type: "viewArrived", view: out });
    expect(next).toMatchObject({ step: "signingIn", again: true, then: { to: "recovery_code" } });
  });
});

describe("ending the other sessions", () => {
  test("is offered after a removal and after an addition, and said when it is done", () => {
    const removed = transition(named("confirmingRemoval"), {
      type: "answered",
      ask: "remove",
      id: "phone-1",
      view: sampleView(),
    });
    for (const state of [removed, named("done")]) {
      expect(state).toMatchObject({ others: { ended: false, problem: null } });
      const next = transition(state, { type: "answered", ask: "endOtherSessions", id: null, view: sampleView() });
      expect(next).toEqual({ ...state, others: { ended: true, problem: null } });
    }
  });

  test("that is refused takes nothing away from what is said on the screen", () => {
    const problem = sampleProblem("upstream_unavailable", 503, {});
    const next = transition(named("done"), { type: "refused", ask: "endOtherSessions", id: null, problem });
    expect(next).toEqual({ ...named("done"), others: { ended: false, problem } });
  });

  test("is not offered where nothing was changed", () => {
    const resting: WizardState = { step: "closed" };
    const answer = { type: "answered", ask: "endOtherSessions", id: null, view: sampleView() } as const;
    expect(transition(resting, answer)).toBe(resting);
  });
});

describe("a reload", () => {
  test.each([
    ["nobody is signed in", "signingIn"],
    ["nothing is pending", "choosingChannel"],
    ["the code was sent", "enteringCode"],
    ["sending is unclear", "awaitingSend"],
    ["sending is lost", "facingLostSend"],
    ["confirming is unclear", "awaitingOutcome"],
    ["the recovery code is to be saved", "savingRecoveryCode"],
    ["the recovery code is lost", "doneWithoutRecoveryCode"],
    ["a challenge is open", "enteringProof"],
  ])("where %s, the screen is %s", (session, step) => {
    const view = SAMPLE_SESSIONS[session];
    expect(view).toBeDefined();
    if (view !== undefined) expect(resume(view, true).step).toBe(step);
  });

  test("someone who left to sign in comes back to the number, which is asked for once more", () => {
    const view = sampleView({ draft: { channel: "sms", contact: "+1 ••• ••• 0123", replaces: null } });
    expect(resume(view, false)).toMatchObject({ step: "enteringContact", channel: "sms", contact: null });
  });

  test("someone who came back without having signed in is asked again, with the draft still kept", () => {
    const asked = SAMPLE_SESSIONS["the sign-in page is to prove it"] ?? sampleView();
    const view = { ...asked, draft: { channel: "sms", contact: "+1 ••• 0123", replaces: null } } as const;
    expect(resume(view, false)).toMatchObject({ step: "leavingForProof", then: { to: "contact", channel: "sms" } });
  });

  test("a recovery code that needs a proof is not shown without one", () => {
    const view = sampleView({
      proof: { by: "redirect" },
      flow: { step: "recovery_code", authenticator: null, state: "to_save", canRenew: false, needsProof: true },
    });
    expect(resume(view, false)).toMatchObject({ step: "leavingForProof", then: { to: "recovery_code" } });
  });
});
