/*
 * Looks for secrets where they must not be. Pure: what was seen and what is secret are arguments, so that a test can plant
 * a secret in any place and see it found. It reads the plain form and those in which things leak by accident.
 */

/** Something nobody may read elsewhere; `kind` says what it is, such as `oob_code`. */
export interface Secret {
  readonly kind: string;
  readonly value: string;
}

/** Every kind of place that is looked through. */
export const SINKS = [
  "request address",
  "request header",
  "request body",
  "answer header",
  "answer body",
  /** All that a browser keeps. */
  "storage",
  "history",
  /** What the page shows. */
  "screen",
  "console",
  /** The texts that the page's own memory still holds. */
  "heap",
  /** What a server writes. */
  "log",
  "metrics",
  /** The records as they leave the server's process, and the files they end in. */
  "store",
  "bundle",
] as const;

/** Where a text was seen. */
export type Sink = (typeof SINKS)[number];

/** A text that was seen: `where` names it in full, such as `POST http://localhost/api/mfa/sign-in`. */
export interface Sighting {
  readonly sink: Sink;
  readonly where: string;
  readonly text: string;
}

/** A secret in a place where it does not belong, in which form. It holds the kind and never the secret itself. */
export interface Leak {
  readonly kind: string;
  readonly form: string;
  readonly sink: Sink;
  readonly where: string;
}

/** Below this length chance alone would find a text somewhere, so letters and digits around it mean another word. */
const SHORT = 10;
/** What people put between the groups of a number or a code. */
const BETWEEN = /[\s().,-]/g;

/** A sighting as it is searched: as it stands, and with what percent signs and backslashes stand for. */
interface Reading {
  readonly name: "" | "percent-encoded" | "escaped";
  readonly text: string;
  readonly lower: string;
  /** In small letters, and without what stands between groups. */
  readonly ungrouped: string;
}

interface Form {
  readonly name: string;
  isIn(reading: Reading): boolean;
}

function readingsOf(text: string): readonly Reading[] {
  const reading = (name: Reading["name"], read: string): Reading => {
    const lower = read.toLowerCase();
    return { name, text: read, lower, ungrouped: lower.replaceAll(BETWEEN, "") };
  };
  const decoded = text.replaceAll(/(?:%[0-9a-f]{2})+/gi, (run) =>
    Buffer.from(run.replaceAll("%", ""), "hex").toString("utf8"),
  );
  const unescaped = text.replaceAll(/\\(?:u([0-9a-f]{4})|(.))/gi, (_, unit?: string, letter?: string) => {
    if (unit !== undefined) return String.fromCharCode(Number.parseInt(unit, 16));
    return letter === undefined || /[bfnrt]/.test(letter) ? " " : letter;
  });
  return [
    reading("", text),
    ...(decoded === text ? [] : [reading("percent-encoded", decoded)]),
    ...(unescaped === text ? [] : [reading("escaped", unescaped)]),
  ];
}

/** Returns the forms of one secret, each of which can be looked for. */
function formsOf(value: string): readonly Form[] {
  const bytes = Buffer.from(value, "utf8");
  const hex = bytes.toString("hex");
  const forms: Form[] = [
    { name: "plain", isIn: finder(value) },
    { name: "reversed", isIn: finder([...value].toReversed().join("")) },
    { name: "hexadecimal", isIn: ({ lower }) => lower.includes(hex) },
  ];
  for (const encoding of ["base64", "base64url"] as const) {
    for (const [before, text] of shifted(bytes, encoding))
      forms.push({ name: `${encoding}, ${String(before)} bytes in`, isIn: (reading) => reading.text.includes(text) });
  }
  if (value.length >= SHORT) {
    const middle = Math.ceil(value.length / 2);
    const [first, second] = [value.slice(0, middle), value.slice(middle)];
    forms.push({ name: "in two", isIn: ({ text }) => text.includes(first) && text.includes(second) });
  }
  return forms;
}

/** Finds a text in either case, also in groups, as numbers and codes are written. */
function finder(value: string): Form["isIn"] {
  const whole = value.toLowerCase();
  const bare = whole.replaceAll(BETWEEN, "");
  if (value.length >= SHORT) return ({ ungrouped }) => ungrouped.includes(bare);
  const grouped = [...whole].map(escape).join("[\\s().,-]{0,2}");
  const pattern = new RegExp(`(?<![a-z\\d]|\\d\\.)${grouped}(?![a-z\\d]|\\.\\d)`);
  return ({ lower, ungrouped }) => ungrouped.includes(bare) && pattern.test(lower);
}

/** Base64 depends on what stands before: three shifts, without the characters that share bits with their neighbours. */
function shifted(bytes: Buffer, encoding: "base64" | "base64url"): [number, string][] {
  return [0, 1, 2].map((before) => {
    const padded = Buffer.concat([Buffer.alloc(before), bytes]);
    const text = padded.toString(encoding).replaceAll("=", "");
    const whole = padded.length % 3 === 0 ? text.length : text.length - 1;
    return [before, text.slice(before === 0 ? 0 : before + 1, whole)];
  });
}

function escape(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\/-]/g, "\\$&");
}

/** Finds every secret in every sighting where `belongs` does not say that it is at home. */
export function scanForSecrets({
  secrets,
  sightings,
  belongs,
}: {
  readonly secrets: readonly Secret[];
  readonly sightings: readonly Sighting[];
  belongs(secret: Secret, sighting: Sighting): boolean;
}): readonly Leak[] {
  const wanted = secrets.map((secret) => ({ secret, forms: formsOf(secret.value) }));
  return sightings.flatMap((sighting) => {
    const readings = readingsOf(sighting.text);
    return wanted.flatMap(({ secret, forms }): Leak[] => {
      for (const reading of readings) {
        const found = forms.find((form) => form.isIn(reading));
        if (found === undefined) continue;
        if (belongs(secret, sighting)) return [];
        const form = [reading.name, found.name === "plain" && reading.name !== "" ? "" : found.name];
        return [
          { kind: secret.kind, form: form.filter(Boolean).join(", "), sink: sighting.sink, where: sighting.where },
        ];
      }
      return [];
    });
  });
}
