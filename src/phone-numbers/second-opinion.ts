import google, { type PhoneNumber, type PhoneNumberType } from "google-libphonenumber";
import type { PhoneKind } from "../contract/phone-policy.ts";
import type { PhoneReason } from "../contract/problem.ts";

/*
 * Asks a second library, with metadata of its own and of another day, about phone numbers. It is no part of the product: what
 * it says decides whether the product's own judgement is right.
 */

declare module "google-libphonenumber" {
  // Left out of the package's types.
  interface PhoneNumberUtil {
    getSupportedGlobalNetworkCallingCodes(): readonly number[];
    getExampleNumberForNonGeoEntity(callingCode: number): PhoneNumber;
  }
}

const { PhoneNumberFormat, PhoneNumberType: TYPES, PhoneNumberUtil } = google;
const library = PhoneNumberUtil.getInstance();

/** Names what a number is for: a kind that people have, or why codes cannot go there. */
export type Purpose = PhoneKind | PhoneReason;

const PURPOSES: ReadonlyMap<PhoneNumberType, Purpose> = new Map([
  [TYPES.MOBILE, "mobile"],
  [TYPES.FIXED_LINE, "fixed_line"],
  [TYPES.FIXED_LINE_OR_MOBILE, "fixed_line_or_mobile"],
  [TYPES.VOIP, "voip"],
  [TYPES.PREMIUM_RATE, "premium"],
  [TYPES.SHARED_COST, "shared_cost"],
  [TYPES.TOLL_FREE, "toll_free"],
  [TYPES.PAGER, "pager"],
  [TYPES.VOICEMAIL, "voicemail"],
  [TYPES.PERSONAL_NUMBER, "personal"],
  [TYPES.UAN, "company"],
]);

/** Describes what is said of a number, with the E.164 form it is taken for; null for one that cannot exist. */
export type Opinion = { readonly region: string; readonly purpose: Purpose; readonly e164: string } | null;

/** Returns what the second library says of a number that begins with its calling code; a trunk zero after that is understood. */
export function opinionOf(e164: string): Opinion {
  try {
    const number = library.parse(e164, "ZZ");
    const region = library.getRegionCodeForNumber(number);
    const purpose = PURPOSES.get(library.getNumberType(number));
    if (!library.isValidNumber(number) || !region || !purpose) return null;
    return { region, purpose, e164: library.format(number, PhoneNumberFormat.E164) };
  } catch {
    // It throws for what is too long or too short to be looked at.
    return null;
  }
}

/** Describes an example number of a region, for one type: as people dial it abroad and at home. */
export type Example = {
  readonly region: string;
  readonly callingCode: string;
  readonly e164: string;
  readonly national: string;
};

/** Lists an example of every type of number of every region that has it; numbers that regions share are listed for each. */
export function regionExamples(): readonly Example[] {
  return library.getSupportedRegions().flatMap((region) =>
    [...PURPOSES.keys()].flatMap((type) => {
      const number = exampleOf(region, type);
      if (number === null) return [];
      return [
        {
          region,
          callingCode: String(library.getCountryCodeForRegion(region)),
          e164: library.format(number, PhoneNumberFormat.E164),
          national: library.format(number, PhoneNumberFormat.NATIONAL),
        },
      ];
    }),
  );
}

/** Against the package's types it is null where the region has no such numbers. */
function exampleOf(region: string, type: PhoneNumberType): PhoneNumber | null {
  return library.getExampleNumberForType(region, type);
}

/** Lists an example number of every calling code that no country has. */
export function networkExamples(): readonly { readonly callingCode: string; readonly e164: string }[] {
  return library.getSupportedGlobalNetworkCallingCodes().map((code) => ({
    callingCode: String(code),
    e164: library.format(library.getExampleNumberForNonGeoEntity(code), PhoneNumberFormat.E164),
  }));
}
