import fc from "fast-check";
import examples from "libphonenumber-js/examples.mobile.json";
import { AsYouType, type CountryCode, parsePhoneNumberFromString } from "libphonenumber-js/core";
import metadata from "libphonenumber-js/metadata.max.json";
import { beforeAll, describe, expect, it } from "vitest";
import { readPhoneText } from "../../contract/phone-text.ts";
import { fetchPlan, planAtHand } from "./phone-plan.ts";
import { callingCodeOf, leadingCallingCode, REGIONS } from "./regions.ts";
import { writePhone } from "./write-phone.ts";

beforeAll(async () => {
  for (const region of REGIONS) await fetchPlan(callingCodeOf(region));
});

function write(dialled: string, region: string | null): string {
  const read = readPhoneText(dialled);
  const code = read.kind === "international" ? leadingCallingCode(read.digits) : callingCodeOf(region);
  return writePhone(read, planAtHand(code), region);
}

describe("a number being typed", () => {
  it.each([
    ["US", "2", "(2"],
    ["US", "202", "(202"],
    ["US", "2025", "(202) 5"],
    ["US", "2025550", "(202) 555-0"],
    ["US", "2025550123", "(202) 555-0123"],
    ["US", "12025550123", "1 (202) 555-0123"],
    ["US", "20255501234567", "20255501234567"],
    ["GB", "0", "0"],
    ["GB", "07400", "07400"],
    ["GB", "074001", "07400 1"],
    ["GB", "07400123456", "07400 123456"],
    ["GB", "02079460123", "020 7946 0123"],
    ["GB", "2079460123", "20 7946 0123"],
    ["DE", "01701234567", "0170 1234567"],
    ["DE", "0301234567", "030 1234567"],
    ["FR", "0612345678", "06 12 34 56 78"],
    ["JP", "09012345678", "090-1234-5678"],
    ["RU", "89123456789", "8 (912) 345-67-89"],
    ["BR", "11961234567", "(11) 96123-4567"],
    ["IN", "8123456789", "81234 56789"],
    [null, "2025550123", "2025550123"],
    [null, "+", "+"],
    [null, "+4", "+4"],
    [null, "+44", "+44"],
    [null, "+447", "+44 7"],
    [null, "+447400123456", "+44 7400 123456"],
    ["US", "+447400123456", "+44 7400 123456"],
    [null, "00447400123456", "00 44 7400 123456"],
    [null, "+12025550123", "+1 202 555 0123"],
    [null, "+999123", "+999123"],
  ])("in %s: %s is written %j", (region, dialled, written) => {
    expect(write(dialled, region)).toBe(written);
  });

  it("keeps every digit in its order, whatever is typed and wherever", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^(?:\+|00)?\d{0,17}$/), fc.constantFrom(null, ...REGIONS), (dialled, region) => {
        expect(write(dialled, region).replace(/[^+\d]/g, "")).toBe(dialled);
      }),
      { numRuns: 5_000 },
    );
  });

  it("is, once complete, written as libphonenumber writes it, in every region", () => {
    for (const [region, national] of Object.entries(examples)) {
      const number = parsePhoneNumberFromString(national, { defaultCountry: region as CountryCode }, metadata);
      expect(write(number?.number ?? "", null), region).toBe(number?.formatInternational());
    }
  });
});

it("agrees with a reference on the country's own way to write a complete number, in nearly every region", () => {
  const differ = Object.entries(examples).filter(([region, national]) => {
    const number = parsePhoneNumberFromString(national, { defaultCountry: region as CountryCode }, metadata);
    const dialled = number?.formatNational().replace(/\D/g, "") ?? "";
    return (
      write(dialled, region) !== number?.formatNational() &&
      write(dialled, region) !== new AsYouType(region as CountryCode, metadata).input(dialled)
    );
  });
  // Argentina writes a 15 that is not dialled from abroad, Belarus a 0 after its prefix 8: both keep the digits as typed.
  expect(differ.map(([region]) => region)).toEqual(["AR", "BY"]);
});
