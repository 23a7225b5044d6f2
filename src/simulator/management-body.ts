import { invalidBody } from "./management-refusal.ts";
import type { Parameters } from "./request-body.ts";

/** Refuses a body with a member that the call does not know. */
export function refuseOthers(body: Parameters, known: readonly string[]): void {
  const extra = Object.keys(body).find((name) => !known.includes(name));
  if (extra !== undefined) throw invalidBody(`Additional properties not allowed: ${extra}`);
}

/** Gives a switch; undefined where it was not sent. */
export function readSwitch(body: Parameters, name: string): boolean | undefined {
  const value = body[name];
  if (value === undefined || typeof value === "boolean") return value;
  throw invalidBody(`Expected type boolean but found type ${typeof value} on property ${name}`);
}

/** Gives a text, which may be empty; undefined where it was not sent. */
export function readText(body: Parameters, name: string): string | undefined {
  const value = body[name];
  if (value === undefined || typeof value === "string") return value;
  throw invalidBody(`Expected type string but found type ${typeof value} on property ${name}`);
}

/** Gives one of the words that a member may hold; undefined where it was not sent. */
export function readChoice<T extends string>(body: Parameters, name: string, choices: readonly T[]): T | undefined {
  const value = readText(body, name);
  if (value === undefined) return undefined;
  const chosen = choices.find((choice) => choice === value);
  if (chosen === undefined) throw invalidBody(`No enum match for: ${value} on property ${name}`);
  return chosen;
}

/** Gives a list of texts, each once; undefined where it was not sent. */
export function readTexts(body: Parameters, name: string): string[] | undefined {
  const value = body[name];
  if (value === undefined) return undefined;
  const all: readonly unknown[] | null = Array.isArray(value) ? value : null;
  const texts = all?.filter((one) => typeof one === "string");
  if (texts === undefined || texts.length !== all?.length)
    throw invalidBody(`Expected a list of strings on property ${name}`);
  return [...new Set(texts)];
}

/** Gives what must have been sent. */
export function required<T>(value: T | undefined, name: string): T {
  if (value === undefined) throw invalidBody(`Missing required property: ${name}`);
  return value;
}
