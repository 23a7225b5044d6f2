/*
 * Looks for secrets where they must not be. Pure: what was seen and what is secret are arguments, so that a test can plant
 * a secret in any place and see it found. It reads the plain form and those in which things leak by accident.
 */

/** Something nobody may read elsewhere; `kind` says what it is, such as `oob_code`. */
export interface Secret {
  readonly kind: string;
  readonly value: string;
}

/** Where a text was seen. `screen` is what the page shows, `storage` all that a browser keeps, `log` what a server writes. */
export type Sink =
  | "request address"
  | "request header"
  | "request body"
  | "answer header"
  | "answer body"
  | "storage"
  | "history"
  | "screen"
  | "console"
  | "log";

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

/** Below this length chance alone would find a text somewhere, so digits around it mean that it is part of something else. */
const SHORT = 10;

/** Returns the forms of one secret, each with a pattern that finds it. */
function formsOf(value: string): readonly (readonly [form: string, pattern: RegExp])[] {
  const bytes = Buffer.from(value, "utf8");
  const forms: [string, RegExp][] = [
    ["plain", spread(value)],
    ["reversed", spread([...value].toReversed().join(""))],
    ["hexadecimal", new RegExp(bytes.toString("hex"), "i")],
    ["percent-encoded", bounded(value, [...bytes].map(percent).join(""))],
  ];
  const escaped = JSON.stringify(value).slice(1, -1);
  if (escaped !== value) forms.push(["escaped", new RegExp(escape(escaped))]);
  for (const encoding of ["base64", "base64url"] as const) {
    for (const [shift, text] of shifted(bytes, encoding)) {
      forms.push([`${encoding}, ${String(shift)} bytes in`, new RegExp(escape(text))]);
    }
  }
  return forms;
}

/** Finds a text also in groups, as numbers and codes are written. */
function spread(value: string): RegExp {
  return bounded(value, [...value].map(escape).join("[\\s().,-]{0,2}"));
}

function bounded(value: string, pattern: string): RegExp {
  return value.length < SHORT ? new RegExp(`(?<!\\d|\\d\\.)${pattern}(?!\\.?\\d)`) : new RegExp(pattern, "i");
}

/** Base64 depends on what stands before: three shifts, without the characters that share bits with their neighbours. */
function shifted(bytes: Buffer, encoding: "base64" | "base64url"): [number, string][] {
  return [0, 1, 2].map((shift) => {
    const padded = Buffer.concat([Buffer.alloc(shift), bytes]);
    const text = padded.toString(encoding).replaceAll("=", "");
    const whole = padded.length % 3 === 0 ? text.length : text.length - 1;
    return [shift, text.slice(shift === 0 ? 0 : shift + 1, whole)];
  });
}

const percent = (byte: number): string => {
  const plain = escape(String.fromCharCode(byte));
  return `(?:%${byte.toString(16).padStart(2, "0")}|${plain})`;
};

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
  return secrets.flatMap((secret) => {
    const forms = formsOf(secret.value);
    return sightings.flatMap((sighting) => {
      const found = forms.find(([, pattern]) => pattern.test(sighting.text));
      if (found === undefined || belongs(secret, sighting)) return [];
      return [{ kind: secret.kind, form: found[0], sink: sighting.sink, where: sighting.where }];
    });
  });
}
