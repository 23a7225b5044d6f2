import type { MessageChannel } from "../../contract/channel.ts";
import { useMessages } from "../messages/messages.ts";
import { useServerNow } from "./clock.ts";

/** Thirty seconds: by then most messages are there, and whoever still waits wants to know why. */
const HELP_AFTER_MS = 30_000;

/** Renders the usual reasons why nothing has arrived, once somebody has waited long enough to ask. */
export function CodeHelp({ channel, sentAt }: { readonly channel: MessageChannel; readonly sentAt: number }) {
  const { t } = useMessages();
  const now = useServerNow();
  if (now === null || now - sentAt < HELP_AFTER_MS) return null;
  return (
    <details className="mfa-help">
      <summary>{t("code.help")}</summary>
      <p>{t(`code.help.${channel}`)}</p>
    </details>
  );
}
