import type { WizardState } from "../wizard/state.ts";
import type { Change } from "./enrollment.ts";
import { enLater } from "./messages/en-later.ts";
import type { Messages } from "./messages/messages.ts";
import { problemSentence } from "./messages/problem-sentence.ts";

/**
 * Returns what a change is spoken as, null where the new screen's heading already says it. Each change has one sentence,
 * so that nothing is heard twice.
 */
export function announcementOf({ event, before, after }: Change, voice: Messages): string | null {
  const messages = voice.with(enLater);
  const { t } = messages;
  const problem = problemOf(after);
  if (problem !== null && problem !== problemOf(before)) return problemSentence(messages, problem);
  if (after.step === "enteringCode" && sentAt(before) !== after.enrollment.sentAt && event.type === "answered") {
    return t(`code.sent.${after.enrollment.channel}`, { contact: after.enrollment.contact });
  }
  if (before.step === "confirmingRemoval" && event.type === "answered" && event.ask === "remove") {
    return t("said.removed", { method: before.authenticator.contact ?? t("channel.otp") });
  }
  if (event.type === "answered" && event.ask === "verify" && after.step !== "enteringProof") return t("said.proven");
  return null;
}

function problemOf(state: WizardState) {
  return "problem" in state ? state.problem : null;
}

function sentAt(state: WizardState): number | null {
  return "enrollment" in state ? state.enrollment.sentAt : null;
}
