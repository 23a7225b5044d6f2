import type { MessageChannel } from "../../contract/channel.ts";
import { useMessages } from "../messages/messages.ts";
import { Button } from "./button.tsx";
import { useServerNow } from "./clock.ts";

/** Describes when another message may be asked for, in the server's clock, and how many are left. */
export type ResendProps = {
  readonly channel: MessageChannel;
  readonly resendAt: number;
  /** From when another message would be of no use before a proof. */
  readonly resendUntil?: number;
  readonly sendsLeft: number;
  readonly busy: boolean;
  /** What the button says where it is the screen's one action; "Send another text" and its like by default. */
  readonly primary?: string;
  /** Asks for another message; where that takes a proof first, the answer leads there. */
  readonly onResend: () => void;
};

/** Above a minute and a half a time of day says more than a count of seconds. */
const SECONDS_WORTH_COUNTING = 90;

/** Renders the way to another message: a button when it may be pressed, and else the time or the reason, never a dead button. */
export function Resend(props: ResendProps) {
  const { channel, resendAt, resendUntil, sendsLeft, busy, primary, onResend } = props;
  const { t, time } = useMessages();
  const now = useServerNow();
  if (sendsLeft === 0) return <p className="mfa-hint">{t("code.sends.none")}</p>;
  if (now !== null && resendUntil !== undefined && now >= resendUntil) {
    return (
      <div className="mfa-resend">
        <p className="mfa-hint">{t("code.resend.late")}</p>
        <Button busy={busy} onPress={onResend}>
          {t("panel.prove")}
        </Button>
      </div>
    );
  }
  const seconds = now === null ? null : Math.ceil((resendAt - now) / 1_000);
  if (seconds === null) return null;
  return (
    <div className="mfa-resend">
      {seconds > SECONDS_WORTH_COUNTING ? (
        <p className="mfa-hint">{t("code.resend_at", { time: time(resendAt) })}</p>
      ) : seconds > 0 ? (
        <p className="mfa-hint">{t("code.resend_in", { count: seconds })}</p>
      ) : (
        <Button look={primary === undefined ? "secondary" : "primary"} busy={busy} onPress={onResend}>
          {primary ?? t(`code.resend.${channel}`)}
        </Button>
      )}
      <p className="mfa-hint">{t("code.sends", { count: sendsLeft })}</p>
    </div>
  );
}
