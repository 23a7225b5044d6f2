import { expect, test } from "vitest";
import type { SessionView } from "../contract/session-view.ts";
import { openChannels } from "./choices.ts";
import { progressOf } from "./progress.ts";
import { sampleEnrollment, samplePhone, sampleView } from "./sample-views.ts";
import type { WizardState } from "./state.ts";
import { transition } from "./transition.ts";

const savingFlow = {
  step: "recovery_code",
  authenticator: samplePhone(),
  state: "to_save",
  canRenew: false,
  needsProof: false,
} as const;
const savingView = sampleView({ flow: savingFlow });
const codeView = sampleView({ flow: { step: "code", enrollment: sampleEnrollment() } });
const enrolled = sampleView({ authenticators: { items: [samplePhone()], knownAt: 0 } });

/** Walks one enrollment and returns what stood above each heading. */
function walk(start: WizardState): readonly string[] {
  const seen: string[] = [];
  const note = (state: WizardState) => {
    const at = progressOf(state);
    seen.push(at === null ? "-" : `${at.step}/${at.steps}`);
    return state;
  };
  let state = note(start);
  if (state.step === "choosingChannel") {
    state = note(transition(state, { type: "channelChosen", channel: "sms", replaces: null }));
  }
  state = note(transition(state, { type: "answered", ask: "start", id: null, view: codeView }));
  note(transition(state, { type: "answered", ask: "confirm", id: "enrollment-1", view: enrolled }));
  return seen;
}

test("with several channels the steps are choosing, number, code and the end", () => {
  expect(walk(openChannels(sampleView()))).toEqual(["1/4", "2/4", "3/4", "4/4"]);
});

test("with one channel the choice does not happen and is not counted", () => {
  expect(walk(openChannels(sampleView({ channels: ["sms"] })))).toEqual(["1/3", "2/3", "3/3"]);
});

test("saving the recovery code is the last step, and what follows it has no number", () => {
  const contact = transition(openChannels(sampleView()), { type: "channelChosen", channel: "sms", replaces: null });
  const code = transition(contact, { type: "answered", ask: "start", id: null, view: codeView });
  const saving = transition(code, { type: "answered", ask: "confirm", id: "enrollment-1", view: savingView });
  expect(progressOf(saving)).toEqual({ step: 4, steps: 4 });
  const done = transition(saving, { type: "answered", ask: "acknowledge", id: null, view: enrolled });
  expect(done.step).toBe("done");
  expect(progressOf(done)).toBeNull();
});

test("saving the recovery code is still the last step after a reload, and one that came without a method is none", () => {
  const reloaded = (view: SessionView) =>
    progressOf(transition({ step: "waiting", opens: false }, { type: "viewArrived", view }));
  expect(reloaded(savingView)).toEqual({ step: 4, steps: 4 });
  expect(reloaded({ ...savingView, channels: ["sms"] })).toEqual({ step: 3, steps: 3 });
  expect(reloaded(sampleView({ flow: { ...savingFlow, authenticator: null } }))).toBeNull();
});
