/*
 * The words for channels, as plain values and functions: the page asks them before its first screen, so no schema is among
 * them. `channel-schema.ts` parses the same words.
 */

/** Lists the channels that carry a code in a message: what `oob_channel` names in the Auth0 MFA API. */
export const MESSAGE_CHANNELS = ["sms", "voice", "email"] as const;

/** Lists every channel an authenticator can have. `otp` is an authenticator app, never a texted code; `push` is Guardian. */
export const CHANNELS = [...MESSAGE_CHANNELS, "otp", "push"] as const;

/** Names a channel that delivers its code in a message. */
export type MessageChannel = (typeof MESSAGE_CHANNELS)[number];

/** Names the way an authenticator is reached. */
export type Channel = (typeof CHANNELS)[number];

/** Tells whether a channel delivers its code in a message. */
export function isMessageChannel(channel: Channel): channel is MessageChannel {
  return channel === "sms" || channel === "voice" || channel === "email";
}

/** Returns the other channel that reaches the same phone number, or null where there is none. */
export function siblingOf(channel: Channel): "sms" | "voice" | null {
  if (channel === "sms") return "voice";
  if (channel === "voice") return "sms";
  return null;
}
