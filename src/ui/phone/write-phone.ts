import type { NumberFormat, PhonePlan, RegionPlan } from "virtual:phone-plans";
import type { PhoneText } from "../../contract/phone-text.ts";
import { leadingCallingCode } from "./regions.ts";

/*
 * Writes a number the way people of its country do while it is still being typed. It works on the same plans that the
 * verdict comes from, and it never adds, drops or moves a digit: what it cannot write it leaves as digits.
 */

/** Stand in for the digits that are still to come; two, because some formats begin only with some digits. */
const FILLERS = ["5", "0"];

/**
 * Writes dialled digits with their country's separators. Without a plan (not here yet, no such country) the digits come
 * back plain.
 */
export function writePhone(read: PhoneText, plan: PhonePlan | null, region: string | null): string {
  if (read.kind === "national") return writeNational(read.digits, plan, region);
  if (read.kind !== "international") return "";
  const code = leadingCallingCode(read.digits);
  const head = read.prefix === "+" ? "+" : `${read.prefix} `;
  if (code === null) return (head + read.digits).trimEnd();
  const rest = read.digits.slice(code.length);
  const main = mainRegion(plan, code);
  const written =
    main === null
      ? null
      : shape(rest, main, main[3], ({ 1: template, 5: abroad }) => (abroad ?? template).replace(/[().-]+/g, " "));
  return rest === "" ? head + code : `${head}${code} ${(written ?? rest).trim()}`;
}

function writeNational(digits: string, plan: PhonePlan | null, region: string | null): string {
  const own = region === null ? undefined : plan?.countries[region];
  const main = own === undefined ? null : mainRegion(plan, own[0]);
  if (own === undefined || main === null) return digits;
  const prefix = own[5] || main[5] || "";
  const rule = (format: NumberFormat) => format[3] || main[6] || "$1";
  if (prefix !== "" && digits.startsWith(prefix) && digits.length > prefix.length) {
    const rest = digits.slice(prefix.length);
    const written = shape(
      rest,
      main,
      own[3],
      (format) => {
        const inside = rule(format).replace("$1", "").replace(/\D/g, "");
        return inside === prefix
          ? format[1].replace(/\$\d/, rule(format).replace("$1", "$$&"))
          : `${prefix} ${format[1]}`;
      },
      prefix.length,
    );
    if (written !== null && onlyDigits(written) === digits) return written;
  }
  const bare = shape(digits, main, own[3], (format) =>
    /\d/.test(rule(format).replace("$1", ""))
      ? format[1]
      : format[1].replace(/\$\d/, rule(format).replace("$1", "$$&")),
  );
  return bare !== null && onlyDigits(bare) === digits ? bare : digits;
}

/** The region of a shared calling code that holds the formats of all of them. */
function mainRegion(plan: PhonePlan | null, code: string): RegionPlan | null {
  const main = plan?.country_calling_codes[code]?.[0];
  return (main !== undefined && plan?.countries[main]) || null;
}

type Template = (format: NumberFormat) => string;

/** Writes a number that may be incomplete: as if digits followed, cut off after the last one there is. */
function shape(
  digits: string,
  { 4: formats }: RegionPlan,
  lengths: readonly number[],
  templateOf: Template,
  prefixLength = 0,
): string | null {
  if (digits === "" || formats === 0) return null;
  for (const length of lengths.includes(digits.length) ? [digits.length, ...lengths] : lengths) {
    if (length < digits.length) continue;
    for (const filler of FILLERS) {
      const padded = digits.padEnd(length, filler);
      const format = formats.find(
        ([pattern, , leading]) => starts(padded, leading) && new RegExp(`^(?:${pattern})$`).test(padded),
      );
      if (format === undefined) continue;
      return cut(padded.replace(new RegExp(format[0]), templateOf(format)), digits.length + prefixLength);
    }
  }
  return null;
}

/** The last pattern of a format is its most exact one. */
function starts(digits: string, leading: NumberFormat[2]): boolean {
  const last = leading ? leading.at(-1) : undefined;
  return last === undefined || new RegExp(`^(?:${last})`).test(digits);
}

function cut(written: string, digits: number): string {
  let end = 0;
  for (let left = digits; left > 0 && end < written.length; end++) if (/\d/.test(written.charAt(end))) left--;
  return written.slice(0, end);
}

function onlyDigits(text: string): string {
  return text.replace(/\D/g, "");
}
