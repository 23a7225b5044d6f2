import { useEffect } from "react";
import type { MessageChannel } from "../../contract/channel.ts";
import { useMessages } from "../messages/messages.ts";
import { useIsAlive, useServerNow } from "./clock.ts";
import { useSay } from "./saying.tsx";

/** Describes what is known of a code that was sent. */
export type CodeFactsProps = {
  readonly id: string;
  readonly channel: MessageChannel;
  readonly contact: string;
  readonly codeExpiresAt: number;
  readonly attemptsLeft: number;
};

/** Renders where a code went, how long it counts and how many tries are left, and says once when it has ended. */
export function CodeFacts({ id, channel, contact, codeExpiresAt, attemptsLeft }: CodeFactsProps) {
  const { t, time } = useMessages();
  const say = useSay();
  const isAlive = useIsAlive();
  const now = useServerNow();
  const hasEnded = now !== null && now >= codeExpiresAt;
  useEffect(() => {
    if (hasEnded) say(t("code.expired"));
  }, [hasEnded, say, t]);
  return (
    <div id={id} className="mfa-facts">
      <p>{t(`code.sent.${channel}`, { contact })}</p>
      {hasEnded ? <p className="mfa-error">{t("code.expired")}</p> : null}
      {!hasEnded && isAlive ? <p className="mfa-hint">{t("code.expires", { time: time(codeExpiresAt) })}</p> : null}
      <p className="mfa-hint">{t("code.tries", { count: attemptsLeft })}</p>
    </div>
  );
}
