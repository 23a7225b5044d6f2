import type { Channel } from "../contract/channel.ts";
import type { Change } from "./enrollment.ts";

/** Describes what a host may listen to. Nothing in it names the person, the contact or a code, and each comes once. */
export type News = {
  /** A method was confirmed. */
  readonly onEnrolled?: ((news: { channel: Channel; replaced: boolean }) => void) | undefined;
  /** A method was removed. */
  readonly onRemoved?: ((news: { channels: readonly Channel[] }) => void) | undefined;
  /** The person was stopped; `code` is the Problem's, or `enrollment_ended` or `nothing_offered`. */
  readonly onStopped?: ((news: { code: string }) => void) | undefined;
  /** The wizard was left: finished or cancelled. */
  readonly onClose?: (() => void) | undefined;
};

const PENDING: ReadonlySet<string> = new Set(["awaitingSend", "facingLostSend", "enteringCode", "awaitingOutcome"]);

/** From these the panel is not come back to: it was there all along, or nobody was in the wizard before it. */
const STAYS: ReadonlySet<string> = new Set(["waiting", "closed", "confirmingRemoval", "signingIn"]);

/** Tells the host what a change means to it. */
export function tellHost(news: News, { event, before, after }: Change): void {
  if (PENDING.has(before.step) && "added" in after && after.added !== null) {
    news.onEnrolled?.({ channel: after.added.channel, replaced: after.added.replaced });
  }
  if (before.step === "confirmingRemoval" && event.type === "answered" && event.ask === "remove") {
    news.onRemoved?.({ channels: before.authenticator.channels });
  }
  if (after.step === "stopped" && before.step !== "stopped") news.onStopped?.({ code: after.why.code });
  if (after.step === "closed" && !STAYS.has(before.step)) news.onClose?.();
}
