import type { Judged } from "./judge-numbers.ts";
import { KNOWN_DIFFERENCES, type KnownDifference } from "./known-differences.ts";
import type { Opinion } from "./second-opinion.ts";

/** Describes what became of all numbers. */
export type Outcome = {
  readonly judged: readonly Judged[];
  readonly regions: number;
  readonly acceptedValid: number;
  readonly refusedInvalid: number;
  /** Numbers of mobile phones, by the second library, and those of them that are refused, but for the disputed ones. */
  readonly mobile: number;
  readonly mobileRefused: number;
  /** Those that only the second library still knows: a known difference, and refused. */
  readonly mobileDisputed: readonly string[];
  /** Each known difference with the numbers that it was met with. */
  readonly differences: readonly { readonly known: KnownDifference; readonly numbers: readonly string[] }[];
  /** One line for each number that is wrong and each known difference that is stale. */
  readonly failures: readonly string[];
};

/** Sums up what became of all numbers. */
export function sumUp(judged: readonly Judged[], known: readonly KnownDifference[] = KNOWN_DIFFERENCES): Outcome {
  const differing = judged.filter((number) => !isSame(number));
  const explains = (difference: KnownDifference, { e164, second, ours }: Judged) =>
    difference.numbers.test(e164) &&
    difference.second.split(", ").includes(inWords(second)) &&
    difference.ours === inWords(ours);
  const differences = known.map((difference) => ({
    known: difference,
    numbers: [...new Set(differing.filter((number) => explains(difference, number)).map(({ e164 }) => e164))],
  }));
  const unexplained = differing.filter((number) => !known.some((difference) => explains(difference, number)));
  const agreed = judged.filter(isSame);
  const valid = agreed.filter(({ source, second }) => source !== "network" && second !== null);
  const mobile = [...valid, ...unexplained].filter(({ second }) => isMobile(second));
  return {
    judged,
    regions: new Set(judged.filter(({ source }) => source !== "network").map(({ listedFor }) => listedFor)).size,
    acceptedValid: valid.filter(({ taken }) => taken.sms || taken.voice).length,
    refusedInvalid: agreed.filter(({ second, taken }) => second === null && !taken.sms && !taken.voice).length,
    mobile: mobile.length,
    mobileRefused: mobile.filter(isRefused).length,
    mobileDisputed: differing
      .filter((number) => !unexplained.includes(number) && isMobile(number.second) && isRefused(number))
      .map(({ e164 }) => e164),
    differences,
    failures: [
      ...judged
        .filter(({ faults }) => faults.length > 0)
        .map(({ text, e164, faults }) => `${text} (${e164}): ${faults.join(", ")}`),
      ...unexplained.map(
        ({ e164, second, ours }) => `${e164}: ${inWords(second)} by the second library, ours ${inWords(ours)}`,
      ),
      ...differences
        .filter(({ numbers }) => numbers.length === 0)
        .map(({ known: { numbers } }) => `${String(numbers)} is listed as a difference and was not found`),
    ],
  };
}

/** Lays the outcome out: counts, a row a purpose, and each known difference with what both libraries say. */
export function tableOf(outcome: Outcome): string {
  const { judged, regions, acceptedValid, refusedInvalid, mobile, mobileRefused, mobileDisputed, differences } =
    outcome;
  const from = (source: Judged["source"]) => judged.filter((number) => number.source === source).length;
  const counts: readonly (readonly [string, number])[] = [
    ["regions", regions],
    ["example numbers, as dialled from abroad", from("example")],
    ["the same, as written at home", from("written at home")],
    ["what mistyping makes of them", from("mistyped")],
    ["numbers of no country, mistyped ones too", from("network")],
    ["accepted, valid", acceptedValid],
    ["refused, invalid", refusedInvalid],
  ];
  const purposes = [...new Set(judged.flatMap(({ ours }) => (ours === null ? [] : [ours.purpose])))];
  const rows = purposes.map((purpose) => {
    const these = judged.filter(({ ours }) => ours?.purpose === purpose);
    const share = (channel: "sms" | "voice") => `${these.filter(({ taken }) => taken[channel]).length} taken`;
    return [purpose, String(these.length), share("sms"), share("voice")];
  });
  return [
    ...counts.map(([what, count]) => `${String(count).padStart(7)}  ${what}`),
    "",
    ...columns([["what it is", "numbers", "by text", "by call"], ...rows]),
    "",
    "Where the two libraries differ:",
    ...differences.map(
      ({ known: { second, ours, reason }, numbers }) =>
        `  ${numbers.join(" ")}\n    second library: ${second}; ours: ${ours}. ${reason}`,
    ),
    "",
    `${mobileRefused} valid mobile numbers refused, of ${mobile}; in dispute between the libraries: ${mobileDisputed.join(" ") || "none"}`,
  ].join("\n");
}

function isSame({ second, ours }: Judged): boolean {
  return inWords(second) === inWords(ours);
}

function isMobile(opinion: Opinion): boolean {
  return opinion?.purpose === "mobile" || opinion?.purpose === "fixed_line_or_mobile";
}

function isRefused({ taken }: Judged): boolean {
  return !taken.sms || !taken.voice;
}

function inWords(opinion: Opinion): string {
  return opinion === null ? "invalid" : `${opinion.purpose} ${opinion.region}`;
}

function columns(lines: readonly (readonly string[])[]): string[] {
  const widths = (lines[0] ?? []).map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  return lines.map((line) =>
    line
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join("  "),
  );
}
