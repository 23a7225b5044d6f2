import fc from "fast-check";
import examples from "libphonenumber-js/examples.mobile.json";
import metadata from "libphonenumber-js/metadata.max.json";
import { describe, expect, it } from "vitest";
import { DEFAULT_PHONE_POLICY } from "./phone-policy.ts";
import { maskPhone, type PhoneVerdict, parsePhone } from "./phone.ts";

function read(text: string, region: string | null = null, channel: "sms" | "voice" = "sms"): PhoneVerdict {
  return parsePhone(text, { region, channel, policy: DEFAULT_PHONE_POLICY, metadata });
}

const exampleNumbers = Object.entries(examples);

describe("a number that takes texts", () => {
  it.each([
    ["+447400123456", null, "+447400123456", "GB"],
    ["+44 7400 123456", null, "+447400123456", "GB"],
    ["++44 7400 123456", null, "+447400123456", "GB"],
    ["＋44 7400 123456", null, "+447400123456", "GB"],
    ["0044 7400 123456", null, "+447400123456", "GB"],
    ["0044 7400 123456", "US", "+447400123456", "GB"],
    ["011 44 7400 123456", "US", "+447400123456", "GB"],
    ["+0044 7400 123456", null, "+447400123456", "GB"],
    ["(+44) 7400 123456", null, "+447400123456", "GB"],
    ["+44 (0)7400 123456", null, "+447400123456", "GB"],
    ["+44 (0) 7400 123456", "FR", "+447400123456", "GB"],
    ["0044 (0)7400 123456", null, "+447400123456", "GB"],
    ["07400 123456", "GB", "+447400123456", "GB"],
    ["7400 123456", "GB", "+447400123456", "GB"],
    ["447400123456", "GB", "+447400123456", "GB"],
    ["(202) 555-0123", "US", "+12025550123", "US"],
    ["202.555.0123", "US", "+12025550123", "US"],
    ["1-202-555-0123", "US", "+12025550123", "US"],
    ["202‐555‑0123", "US", "+12025550123", "US"],
    ["202\u00a0555\u202f0123", "US", "+12025550123", "US"],
    ["２０２５５５０１２３", "US", "+12025550123", "US"],
    ["٢٠٢٥٥٥٠١٢٣", "US", "+12025550123", "US"],
    ["+१२०२५५५०१२३", null, "+12025550123", "US"],
    ["\u202a+1 202 555 0123\u202c", null, "+12025550123", "US"],
    ["\u202d+1 202-555-0123\u202c\n", null, "+12025550123", "US"],
    ["0170/1234567", "DE", "+491701234567", "DE"],
    ["+39 312 345 6789", null, "+393123456789", "IT"],
    ["+7 (912) 345-67-89", null, "+79123456789", "RU"],
    ["8 912 345-67-89", "RU", "+79123456789", "RU"],
    ["+972 50-234-5678", null, "+972502345678", "IL"],
    ["90-1234-5678", "JP", "+819012345678", "JP"],
    ["090ー1234ー5678", "JP", "+819012345678", "JP"],
    ["+225 01 23 45 67 89", null, "+2250123456789", "CI"],
  ])("is read from %j (%s)", (typed, region, e164, own) => {
    expect(read(typed, region)).toMatchObject({ ok: true, e164, region: own });
  });

  it("belongs to its own country, whatever country was chosen: Toronto and Jamaica are not the United States", () => {
    expect(read("416 555 0123", "US")).toMatchObject({ ok: true, region: "CA" });
    expect(read("876 210 1234", "US")).toMatchObject({ ok: true, region: "JM" });
    expect(read("+77012345678", "RU")).toMatchObject({ ok: true, region: "KZ" });
    expect(read("+447781123456")).toMatchObject({ ok: true, region: "GG" });
  });

  it("is accepted in every region, as it is written at home and abroad, down to the same E.164", () => {
    for (const [region, national] of exampleNumbers) {
      const verdict = read(national, region);
      expect(verdict, region).toMatchObject({ ok: true });
      if (verdict.ok) expect(read(verdict.e164), region).toEqual(verdict);
    }
    expect(exampleNumbers.length).toBeGreaterThan(240);
  });

  it("may be an internet number, which the plan cannot tell from a phone", () => {
    expect(read("056 1234 5678", "GB")).toMatchObject({ ok: true, type: "voip" });
  });

  it("survives any separators and scripts people write it with", () => {
    const separator = fc.constantFrom("", " ", "-", ".", "/", "\u00a0", "–", "\u200e");
    const script = fc.constantFrom(0x30, 0x660, 0x6f0, 0x966, 0xff10);
    fc.assert(
      fc.property(
        fc.constantFrom(...exampleNumbers),
        fc.array(separator, { minLength: 20, maxLength: 20 }),
        script,
        ([region, national], between, zero) => {
          const plain = read(national, region);
          if (!plain.ok) return;
          const digits = Array.from(plain.e164.slice(1), (digit) => String.fromCodePoint(zero + Number(digit)));
          const written = digits.map((digit, at) => digit + (between[at] ?? "")).join("");
          expect(read(`+${written}`)).toEqual(plain);
        },
      ),
    );
  });
});

describe("a landline", () => {
  it("is steered away from texts and takes calls", () => {
    expect(read("020 7946 0123", "GB")).toEqual({ ok: false, reason: "landline", region: "GB" });
    expect(read("020 7946 0123", "GB", "voice")).toMatchObject({ ok: true, e164: "+442079460123", type: "fixed_line" });
    expect(read("+39 (0)6 1234 5678", null, "voice")).toMatchObject({ ok: true, e164: "+390612345678" });
    expect(read("+351 (0)21 234 5678", null, "voice")).toMatchObject({ ok: true, e164: "+351212345678" });
  });
});

describe("a number that codes cannot go to", () => {
  it.each([
    ["", "GB", "empty"],
    [" \u200e ", "GB", "empty"],
    ["+", "GB", "not_a_number"],
    ["()", "GB", "not_a_number"],
    ["one two three", "GB", "not_a_number"],
    ["1-800-FLOWERS", "US", "not_a_number"],
    ["XXXXXXXX0123", "GB", "not_a_number"],
    ["+44 •••• 23", null, "not_a_number"],
    ["*******0123", "GB", "not_a_number"],
    ["+1 XXX XXX 0123", null, "not_a_number"],
    ["+44 7400 123456 +44 7400 123457", null, "not_a_number"],
    ["tel:mira", null, "not_a_number"],
    ["tel:", null, "not_a_number"],
    ["X: 555 0123 4567", "GB", "not_a_number"],
    ["xxx. 555 0123", "US", "not_a_number"],
    ["XXX 555 0123", "AG", "not_a_number"],
    ["no number: 07400 123456", "GB", "not_a_number"],
    ["''", "GB", "not_a_number"],
    ["sip:mira@example.com", null, "not_a_number"],
    ["07400 123456\r\n07400 123457", "GB", "not_a_number"],
    ["07400\u0000123456", "GB", "not_a_number"],
    ["\u202e654321004740", "GB", "not_a_number"],
    ["=1+1", "GB", "not_a_number"],
    ["<b>07400123456</b>", "GB", "not_a_number"],
    ["²⁰²5550123", "US", "not_a_number"],
    ["202 555 0123 x12", "US", "extension"],
    ["202 555 0123 ext. 12", "US", "extension"],
    ["202 555 0123 extension 12", "US", "extension"],
    ["202 555 0123 #12", "US", "extension"],
    ["202 555 0123,,12", "US", "extension"],
    ["+12025550123;ext=12", null, "extension"],
    ["07400 123456", null, "unknown_country"],
    ["07400 123456", "ZZ", "unknown_country"],
    ["07400 123456", "__proto__", "unknown_country"],
    ["+999 123 456", null, "unknown_country"],
    ["+0 7400 123456", null, "unknown_country"],
    ["+4", null, "unknown_country"],
    ["1", "GB", "too_short"],
    ["112", "DE", "too_short"],
    ["911", "US", "too_short"],
    ["+44", null, "too_short"],
    ["202 555 012", "US", "too_short"],
    ["0170 123", "DE", "too_short"],
    ["07400 12345", "GB", "too_short"],
    ["202 555 01234", "US", "too_long"],
    ["07400 1234567", "GB", "too_long"],
    ["202 555 0123 202 555 0124", "US", "too_long"],
    ["0".repeat(64), "US", "too_long"],
    ["+49 30 1234567890123", null, "too_long"],
    ["+1 555 555 5555", null, "not_in_plan"],
    ["03000 000000", "GB", "company"],
    ["0900 1 123456", "DE", "premium"],
    ["+1 900 234 5678", null, "premium"],
    ["+1 800 234 5678", null, "toll_free"],
    ["0345 123 4567", "GB", "company"],
    ["0843 123 4567", "GB", "premium"],
    ["0180 5 123456", "DE", "shared_cost"],
    ["0700 12345678", "DE", "personal"],
    ["+1 500 234 5678", null, "personal"],
    ["07640 123456", "GB", "pager"],
    ["0178 99 1234567", "DE", "voicemail"],
    ["+800 1234 5678", null, "international_network"],
    ["+808 1234 5678", null, "international_network"],
    ["+870 773 111 632", null, "satellite"],
    ["+878 10 1234567890", null, "international_network"],
    ["+881 612 345 678", null, "satellite"],
    ["+882 1612 345678", null, "international_network"],
    ["00 883 510 0123456", "DE", "international_network"],
    ["+888 123 456 789", null, "international_network"],
    ["+979 123 456 789", null, "international_network"],
  ])("is refused: %j (%s) as %s", (typed, region, reason) => {
    expect(read(typed, region)).toMatchObject({ ok: false, reason });
    expect(read(typed, region, "voice")).toMatchObject({ ok: false, reason });
  });

  it("is refused at once when somebody pastes a whole page of digits", () => {
    expect(read("1".repeat(10_000), "US")).toMatchObject({ ok: false, reason: "too_long" });
    expect(read("1 ".repeat(10_000), "US")).toMatchObject({ ok: false, reason: "too_long" });
  });

  it("names the country the fault is about", () => {
    expect(read("+49 170 123")).toEqual({ ok: false, reason: "too_short", region: "DE" });
    expect(read("202 555 012", "CA")).toEqual({ ok: false, reason: "too_short", region: "CA" });
    expect(read("+1 202 555 012", "GB")).toEqual({ ok: false, reason: "too_short", region: "US" });
  });

  it("never yields anything but E.164, whatever is typed", () => {
    const text = fc.oneof(fc.string({ unit: "binary" }), fc.stringMatching(/^[+0-9 ()/x.-]{0,24}$/));
    fc.assert(
      fc.property(text, fc.constantFrom(null, "US", "DE", "JP", "AR", "BR", "KR", "SG"), (typed, region) => {
        const verdict = read(typed, region);
        if (verdict.ok) expect(verdict.e164).toMatch(/^\+[1-9]\d{5,14}$/);
        if (verdict.ok) expect(read(verdict.e164)).toEqual(verdict);
      }),
    );
  });
});

describe("a masked number", () => {
  it.each([
    ["+447400123456", "+44\u00a0••••\u00a056"],
    ["+12025550123", "+1\u00a0••••\u00a023"],
    ["+353201234567", "+353\u00a0••••\u00a07"],
    ["+2902158", "+290\u00a0•\u00a08"],
    ["07400123456", "••••"],
    ["", ""],
  ])("shows of %j only %j", (e164, masked) => {
    expect(maskPhone(e164)).toBe(masked);
  });

  it("is never longer than the number, shows its calling code and no more than four digits", () => {
    for (const [region, national] of exampleNumbers) {
      const verdict = read(national, region);
      if (!verdict.ok) continue;
      const masked = maskPhone(verdict.e164);
      expect(masked.length, region).toBeLessThanOrEqual(verdict.e164.length);
      expect(masked.replace(/\D/g, "").length, region).toBeLessThanOrEqual(4);
      expect(masked.split("\u00a0")[0], region).toBe(`+${metadata.countries[verdict.region as "DE"]?.[0]}`);
      expect(verdict.e164.endsWith(masked.split("\u00a0").at(-1) ?? "?"), region).toBe(true);
    }
  });
});
