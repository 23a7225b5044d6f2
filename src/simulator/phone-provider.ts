import type { Settings } from "./settings.ts";

/** Tells whether somebody carries texts and calls; Twilio does once it knows the account and who the message is from. */
export function hasPhoneProvider({ phoneProvider, twilio, unifiedPhoneProvider }: Settings): boolean {
  if (unifiedPhoneProvider !== "none") return true;
  if (phoneProvider !== "twilio") return phoneProvider !== "none";
  const { from, messagingServiceSid, sid, authToken } = twilio;
  return sid !== "" && authToken !== "" && (from !== "" || messagingServiceSid !== "");
}

/** Tells whether a message on this channel gets anywhere: Auth0's own delivery makes no calls. */
export function isCarried(settings: Settings, channel: "sms" | "voice" | "email"): boolean {
  if (channel === "email") return true;
  const trial = settings.unifiedPhoneProvider === "none" && settings.phoneProvider === "auth0";
  return hasPhoneProvider(settings) && !(trial && channel === "voice");
}
