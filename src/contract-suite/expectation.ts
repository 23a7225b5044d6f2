import type { Answer } from "./stage.ts";

/** A place in an expected value that several values fit. */
export class Fits {
  readonly words: string;
  readonly test: (value: unknown) => boolean;

  constructor(words: string, test: (value: unknown) => boolean) {
    this.words = words;
    this.test = test;
  }
}

/** Fits a text of a form. */
export function text(form: RegExp): Fits {
  return new Fits(`a text like ${String(form)}`, (value) => typeof value === "string" && form.test(value));
}

/** Fits one of several values. */
export function oneOf(...values: readonly unknown[]): Fits {
  return new Fits(`one of ${values.map(String).join(", ")}`, (value) => values.includes(value));
}

/** Fits an iron seal: eight parts between stars, the second naming the key, the sixth an instant in milliseconds. */
export const SEALED: Fits = text(/^Fe26\.2\*SERVER_\d{10}\*[0-9a-f]+\*[\w-]+\*[\w-]+\*\d{13}\*[0-9a-f]+\*[\w-]+$/);

/** Fits any text that is not empty. */
export const SOME_TEXT: Fits = text(/./s);

/** Fits a signed token: three parts of base64url. */
export const JWT: Fits = text(/^[\w-]+\.[\w-]+\.[\w-]+$/);

/** Fits the recorded form of a recovery code: 24 upper-case letters and digits. */
export const RECOVERY_CODE: Fits = text(/^[A-Z0-9]{24}$/);

/**
 * Refuses a value that differs from the expected one. Objects must have exactly the expected members: whether a member is
 * there is what most of the documents' tables are about.
 */
export function equal(actual: unknown, expected: unknown, what = "the answer"): void {
  const [first] = differences(actual, expected, what);
  if (first !== undefined) throw new Error(first);
}

/** Refuses a condition that does not hold, in the given words. */
export function hold(condition: boolean, otherwise: string): void {
  if (!condition) throw new Error(otherwise);
}

/** Expects 200 and exactly these members. */
export function answered(answer: Answer, body: unknown): void {
  equal(answer.status, 200, `the status (body: ${brief(answer.body)})`);
  equal(answer.body, body);
}

/** Expects a refusal as JSON with these two members; further ones are allowed. */
export function refused(answer: Answer, status: number | readonly number[], error: string, description?: string): void {
  const expected = typeof status === "number" ? [status] : status;
  equal(answer.status, oneOf(...expected), `the status (body: ${brief(answer.body)})`);
  hold(/^application\/json\b/.test(answer.headers.get("content-type") ?? ""), "a refusal must be JSON");
  equal(member(answer.body, "error"), error, "error");
  const words = member(answer.body, "error_description");
  equal(words, description ?? SOME_TEXT, "error_description");
}

/** Gives a member of an answer's body, undefined where there is none. */
export function member(body: unknown, name: string): unknown {
  return typeof body === "object" && body !== null ? Reflect.get(body, name) : undefined;
}

/** Gives a member that must be a text. */
export function textOf(body: unknown, name: string): string {
  const value = member(body, name);
  if (typeof value !== "string") throw new Error(`${name} must be a text in ${brief(body)}`);
  return value;
}

function differences(actual: unknown, expected: unknown, path: string): string[] {
  if (expected instanceof Fits) {
    return expected.test(actual) ? [] : [`${path}: expected ${expected.words}, got ${brief(actual)}`];
  }
  if (!isObject(expected) || !isObject(actual) || Array.isArray(expected) !== Array.isArray(actual)) {
    return Object.is(actual, expected) ? [] : [`${path}: expected ${brief(expected)}, got ${brief(actual)}`];
  }
  const names = new Set([...Object.keys(expected), ...Object.keys(actual)]);
  return [...names].flatMap((name) => {
    const here = `${path}.${name}`;
    if (!Object.hasOwn(actual, name)) return [`${here}: it is missing`];
    if (!Object.hasOwn(expected, name)) return [`${here}: it should not be there, got ${brief(actual[name])}`];
    return differences(actual[name], expected[name], here);
  });
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

/** Writes a value for a sentence. Tokens, secrets and codes are cut to their first letters: a report is read, and kept, by many. */
function brief(value: unknown): string {
  const json = JSON.stringify(value, (_key, inner: unknown) => {
    if (inner instanceof Fits) return `(${inner.words})`;
    return typeof inner === "string" && isSecret(inner) ? `${inner.slice(0, 4)}… (${inner.length} characters)` : inner;
  });
  return json === undefined ? "nothing" : json;
}

/** Takes a long text without a space for a secret, unless it is a word of the protocol; six digits are one too. */
function isSecret(text: string): boolean {
  return /^\d{6}$/.test(text) || (text.length > 15 && !/\s/.test(text) && !/^[a-z_]+$/.test(text));
}
