import type { Authenticator } from "../../contract/authenticator.ts";
import type { Messages } from "../messages/messages.ts";

/** Returns what a method is called: "Text message and voice call" for a number that takes both. */
export function channelsName({ t }: Messages, { channels }: Authenticator): string {
  const [first, second] = channels;
  if (first === undefined) return "";
  if (second === undefined) return t(`channel.${first}`);
  return t("channel.sms+voice");
}

/** Returns what a method is called with its masked contact, for buttons that stand apart from their row. */
export function methodName(messages: Messages, authenticator: Authenticator): string {
  const channel = channelsName(messages, authenticator);
  const { contact } = authenticator;
  return contact === null ? channel : messages.t("panel.method", { channel, contact });
}
