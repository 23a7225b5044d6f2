import metadata from "libphonenumber-js/metadata.max.json" with { type: "json" };
import { parsePhone } from "../contract/phone.ts";
import { Refused } from "./refused.ts";

/** Judges a number by the whole numbering plan, as the page did by a part of it, and returns it as E.164. Throws {@link Refused}. */
export function judgePhone(text: string, channel: "sms" | "voice"): string {
  const verdict = parsePhone(text, { region: null, channel, metadata });
  if (verdict.ok) return verdict.e164;
  throw new Refused({ code: "invalid_phone", reason: verdict.reason, region: verdict.region });
}
