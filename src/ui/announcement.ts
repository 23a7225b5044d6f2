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
  // On arrival the field takes the focus and its description says where the code went; another message changes only that.
  if (before.step === "enteringCode" && after.step === "enteringCode" && isNewer(after.enrollment, before.enrollment)) {
    return t(after.enrollment.channel === "voice" ? "said.calling" : "said.sent");
  }
  if (before.step === "enteringProof" && after.step === "enteringProof" && isNewer(after.challenge, before.challenge)) {
    return t(after.challenge.channel === "voice" ? "said.calling" : "said.sent");
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

function isNewer(message: object, than: object): boolean {
  return "sentAt" in message && "sentAt" in than && message.sentAt !== than.sentAt;
}
