import { type Client, demoClient } from "./clients.ts";
import type { PersonSeed } from "./people.ts";

const TEXTS = ["password", "about", "phone", "otherEmail", "totpSecret", "pushDevice", "recoveryCode", "mark"] as const;
const SWITCHES = ["emailVerified", "locked", "recoveryCodes"] as const;

/** Reads somebody who came over HTTP. @throws {RangeError} naming the first member that is missing or of the wrong kind. */
export function readPerson(value: unknown): PersonSeed {
  const { refusal: told, ...rest } = record(value, "a person");
  const seed = { subject: text(rest, "subject"), name: text(rest, "name"), email: text(rest, "email") };
  const more: { -readonly [K in (typeof TEXTS)[number] | (typeof SWITCHES)[number]]?: PersonSeed[K] } = {};
  for (const name of TEXTS) if (rest[name] !== undefined) more[name] = text(rest, name);
  for (const name of SWITCHES) if (rest[name] !== undefined) more[name] = flag(rest, name);
  if (told === undefined) return { ...seed, ...more };
  const refusal = record(told, "refusal");
  const status = refusal["status"];
  if (typeof status !== "number") throw new RangeError("status must be a number");
  return {
    ...seed,
    ...more,
    refusal: { status, error: text(refusal, "error"), description: text(refusal, "description") },
  };
}

/** Reads an application that came over HTTP; without `secret` it is public, without `grantTypes` it has every grant a person signs in by. */
export function readClient(value: unknown): Client {
  const members = record(value, "an application");
  const client = demoClient();
  const { grantTypes = client.grantTypes, managementScopes = null } = members;
  if (!isTexts(grantTypes)) throw new RangeError("grantTypes must be a list of texts");
  if (managementScopes !== null && !isTexts(managementScopes))
    throw new RangeError("managementScopes must be a list of texts");
  const secret = members["secret"] === undefined ? null : text(members, "secret");
  return {
    ...client,
    id: text(members, "id"),
    secret,
    grantTypes: [...grantTypes],
    managementScopes: managementScopes === null ? null : [...managementScopes],
  };
}

function record(value: unknown, name: string): Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null) throw new RangeError(`${name} must be an object`);
  return Object.fromEntries(Object.entries(value));
}

function text(members: Readonly<Record<string, unknown>>, name: string): string {
  const value = members[name];
  if (typeof value !== "string" || value === "") throw new RangeError(`${name} must be a text`);
  return value;
}

function flag(members: Readonly<Record<string, unknown>>, name: string): boolean {
  const value = members[name];
  if (typeof value !== "boolean") throw new RangeError(`${name} must be true or false`);
  return value;
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((one) => typeof one === "string");
}
