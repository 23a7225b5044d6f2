/*
 * Where the two libraries' metadata differ today, each with what both say. A difference that is not listed fails the run, and
 * so does one that is listed and no longer found.
 */

/** Describes numbers about which the libraries say different things. */
export type KnownDifference = {
  /** Of the E.164 form, as narrow as what was found. */
  readonly numbers: RegExp;
  /** What google-libphonenumber says of them. */
  readonly second: string;
  /** What the product says of them, with libphonenumber-js. */
  readonly ours: string;
  readonly reason: string;
};

/** Lists every difference there is between google-libphonenumber 3.2.47 and libphonenumber-js 1.13.16. */
export const KNOWN_DIFFERENCES: readonly KnownDifference[] = [
  {
    numbers: /^\+2298[15]\d{6}$/,
    second: "voip BJ, company BJ",
    ours: "invalid",
    reason:
      "Benin's numbers have ten digits since November 2024; only the second library still has these eight-digit ones.",
  },
  {
    numbers: /^\+267791\d{5}$/,
    second: "voip BW",
    ours: "mobile BW",
    reason: "Botswana's 79 1 is counted among its mobile numbers by the product's metadata. Both are accepted.",
  },
  {
    numbers: /^\+49800\d{11}$/,
    second: "toll_free DE",
    ours: "invalid",
    reason: "The plan allows sixteen digits, E.164 fifteen. Codes cannot go to toll-free numbers either way.",
  },
  {
    numbers: /^\+4537412345$/,
    second: "fixed_line_or_mobile DK",
    ours: "invalid",
    reason: "Danish numbers of this range are in the second library's metadata alone.",
  },
  {
    numbers: /^\+29099\d{3}$/,
    second: "invalid",
    ours: "mobile SH",
    reason: "Saint Helena's mobile range 99 is in the product's metadata alone.",
  },
  {
    numbers: /^\+2908\d{3}$/,
    second: "fixed_line TA",
    ours: "fixed_line_or_mobile TA",
    reason:
      "Tristan da Cunha has no mobile numbers, which the product's library writes as it writes mobile ones like the others.",
  },
  {
    numbers: /^\+26313\d{5}$/,
    second: "fixed_line ZW",
    ours: "invalid",
    reason: "Zimbabwe's seven-digit landlines are in the second library's metadata alone.",
  },
];
