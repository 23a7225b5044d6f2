import { useEffect } from "react";
import type { MessageChannel } from "../../contract/channel.ts";
import { useMessages } from "../messages/messages.ts";
import { useServerNow } from "./clock.ts";
import { useSay } from "./saying.tsx";

/** Describes what is known of a code that was sent. */
export type CodeFactsProps = {
  /** Id of where the code went and how long it counts. */
  readonly id: string;
  /** Id of how many tries are left. */
  readonly triesId: string;
  readonly channel: MessageChannel;
  readonly contact: string;
  readonly codeExpiresAt: number;
  readonly attemptsLeft: number;
};

/** Sixty and twenty seconds: time to finish typing, and time to decide for another code instead. */
const MINUTE_MS = 60_000;
const LAST_MS = 20_000;

/** Renders where a code went, how long it counts and how many tries are left, and says once each that it runs out and has ended. */
export function CodeFacts({ id, triesId, channel, contact, codeExpiresAt, attemptsLeft }: CodeFactsProps) {
  const { t, time } = useMessages();
  const say = useSay();
  const now = useServerNow();
  const warning = now === null ? null : warningAt(codeExpiresAt - now);
  const warned = warning === null ? null : t(warning);
  useEffect(() => {
    if (warned !== null) say(warned);
  }, [warned, say]);
  const hasEnded = warning === "code.expired";
  return (
    <div className="mfa-facts">
      <div id={id}>
        <p>{t(`code.sent.${channel}`, { contact })}</p>
        {hasEnded ? <p className="mfa-error">{warned}</p> : null}
        {hasEnded ? null : (
          <p className="mfa-hint">
            {t("code.expires", { time: time(codeExpiresAt) })}
            {warned === null ? null : <strong> {warned}</strong>}
          </p>
        )}
      </div>
      <p id={triesId} className="mfa-hint">
        {t("code.tries", { count: attemptsLeft })}
      </p>
    </div>
  );
}

/** Returns what a code is warned of that counts for this long still: it changes three times, so each is said once. */
function warningAt(leftMs: number) {
  if (leftMs <= 0) return "code.expired";
  if (leftMs <= LAST_MS) return "code.ends.seconds";
  return leftMs <= MINUTE_MS ? "code.ends.minute" : null;
}
