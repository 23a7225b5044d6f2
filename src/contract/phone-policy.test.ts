import examples from "libphonenumber-js/examples.mobile.json";
import metadata from "libphonenumber-js/metadata.max.json";
import { describe, expect, it } from "vitest";
import { type PhoneVerdict, parsePhone } from "./phone.ts";
import {
  DEFAULT_PHONE_POLICY,
  type PhoneChannel,
  type PhoneKind,
  type PhonePolicy,
  servesAny,
  servesCountry,
} from "./phone-policy.ts";

/** A policy by which texts go to the countries given, and calls to the same unless others are named. */
function serving(sms: readonly string[], voice: readonly string[] = sms): PhonePolicy {
  return {
    sms: { ...DEFAULT_PHONE_POLICY.sms, countries: sms },
    voice: { ...DEFAULT_PHONE_POLICY.voice, countries: voice },
  };
}

function judge(text: string, policy: PhonePolicy, channel: PhoneChannel = "sms"): PhoneVerdict {
  return parsePhone(text, { region: null, channel, policy, metadata });
}

/** A mobile number of every region, with the region that its plan names: some share all their numbers with a neighbour. */
const numbers = Object.entries(examples).map(([listedFor, national]) => {
  const verdict = parsePhone(national, { region: listedFor, channel: "sms", policy: DEFAULT_PHONE_POLICY, metadata });
  if (!verdict.ok) throw new Error(`The example of ${listedFor} is refused.`);
  return { listedFor, region: verdict.region, e164: verdict.e164 };
});

describe("the countries of a channel", () => {
  it("let the numbers of one country in, and of no other of all regions", () => {
    for (const served of new Set(numbers.map(({ region }) => region))) {
      const taken = numbers.filter(({ e164 }) => judge(e164, serving([served])).ok).map(({ region }) => region);
      expect(new Set(taken), served).toEqual(new Set([served]));
    }
  });

  it("name the number's own country where they keep it out, whatever country was chosen", () => {
    for (const { e164, region } of numbers) {
      if (region === "DE") continue;
      expect(judge(e164, serving(["DE"])), region).toEqual({ ok: false, reason: "country_not_served", region });
      const chosen = { region: "DE", channel: "voice", policy: serving(["DE"]), metadata } as const;
      expect(parsePhone(e164, chosen), region).toEqual({ ok: false, reason: "country_not_served", region });
    }
  });

  it.each([
    ["Jamaica", "+18762101234", "JM", "US"],
    ["the Dominican Republic", "+18092345678", "DO", "US"],
    ["Puerto Rico", "+17872345678", "PR", "US"],
    ["the Bahamas", "+12423591234", "BS", "US"],
    ["Guam", "+16713001234", "GU", "US"],
    ["the Cayman Islands", "+13453231234", "KY", "US"],
    ["Bermuda", "+14413701234", "BM", "US"],
    ["Trinidad and Tobago", "+18682911234", "TT", "US"],
    ["Canada", "+14165550123", "CA", "US"],
    ["Kazakhstan", "+77012345678", "KZ", "RU"],
    ["Guernsey", "+447781123456", "GG", "GB"],
    ["Jersey", "+447797712345", "JE", "GB"],
    ["the Isle of Man", "+447624123456", "IM", "GB"],
    ["Mayotte", "+262639012345", "YT", "RE"],
  ])("tell %s from the country whose calling code it shares", (_, e164, own, neighbour) => {
    expect(judge(e164, serving([neighbour]))).toEqual({ ok: false, reason: "country_not_served", region: own });
    expect(judge(e164, serving([own]))).toMatchObject({ ok: true, region: own });
    const chosen = { region: neighbour, channel: "sms", policy: serving([neighbour]), metadata } as const;
    expect(parsePhone(e164, chosen)).toMatchObject({ ok: false, region: own });
    expect(parsePhone(e164.slice(e164.length - 10), chosen).ok).toBe(false);
  });

  it("tell the Vatican's landlines from Rome's", () => {
    expect(judge("+39 06 698 12345", serving(["IT"]), "voice")).toMatchObject({ ok: false, region: "VA" });
    expect(judge("+39 06 698 12345", serving(["VA"]), "voice")).toMatchObject({ ok: true, region: "VA" });
    expect(judge("+39 06 1234 5678", serving(["VA"]), "voice")).toMatchObject({ ok: false, region: "IT" });
  });

  it("are each channel's own", () => {
    const policy = serving(["US"], ["US", "JM"]);
    expect(judge("+18762101234", policy, "sms")).toMatchObject({ ok: false, reason: "country_not_served" });
    expect(judge("+18762101234", policy, "voice")).toMatchObject({ ok: true });
  });

  it("mean none where there are none, and the channel is not to be offered", () => {
    const none = serving([], ["US"]);
    expect(numbers.filter(({ e164 }) => judge(e164, none).ok)).toEqual([]);
    expect([servesAny(none.sms), servesAny(none.voice)]).toEqual([false, true]);
    expect(servesAny({ countries: "all", kinds: [] })).toBe(false);
    expect(servesCountry({ countries: "all", kinds: [] }, "US")).toBe(true);
    expect(servesCountry(none.sms, null)).toBe(false);
  });

  it("are asked last: a number that cannot be, or is for something else, is told so", () => {
    expect(judge("+1 202 555 012", serving(["DE"]))).toMatchObject({ reason: "too_short", region: "US" });
    expect(judge("+1 900 234 5678", serving(["DE"]))).toMatchObject({ reason: "premium" });
    expect(judge("+870 773 111 632", serving(["DE"]))).toMatchObject({ reason: "satellite" });
  });
});

describe("the kinds of a channel", () => {
  const of = (kinds: readonly PhoneKind[]): PhonePolicy => ({
    sms: { countries: "all", kinds },
    voice: { countries: "all", kinds },
  });

  it("are by default all that people have, and a landline by call alone", () => {
    expect(judge("+442079460123", DEFAULT_PHONE_POLICY)).toMatchObject({ reason: "landline", region: "GB" });
    expect(judge("+442079460123", DEFAULT_PHONE_POLICY, "voice")).toMatchObject({ ok: true, type: "fixed_line" });
    expect(judge("+445612345678", DEFAULT_PHONE_POLICY)).toMatchObject({ ok: true, type: "voip" });
    expect(judge("+12025550123", DEFAULT_PHONE_POLICY)).toMatchObject({ ok: true, type: "fixed_line_or_mobile" });
  });

  it("keep out what is not among them, and say so", () => {
    expect(judge("+445612345678", of(["mobile"]))).toEqual({ ok: false, reason: "kind_not_served", region: "GB" });
    expect(judge("+442079460123", of(["mobile"]), "voice")).toMatchObject({ ok: false, reason: "kind_not_served" });
    expect(judge("+447400123456", of(["mobile"]))).toMatchObject({ ok: true });
  });

  it("may let landlines be texted, where the host's provider can", () => {
    expect(judge("+442079460123", of(["fixed_line"]))).toMatchObject({ ok: true, type: "fixed_line" });
  });

  it("never open what codes cannot go to", () => {
    const all = of(["mobile", "fixed_line", "fixed_line_or_mobile", "voip"]);
    for (const e164 of ["+19002345678", "+18002345678", "+870773111632", "+882161234567", "+447640123456"])
      expect(judge(e164, all).ok, e164).toBe(false);
  });
});
