import { randomBytes } from "node:crypto";
import { DEMO_PASSWORD } from "../src/simulator/people.ts";
import type { TestChannel, TestPerson } from "../src/testing/enrollment-page.ts";
import type { Site } from "./servers.ts";

const somebody = (username: string): TestPerson => ({ username, password: DEMO_PASSWORD });

/** The demo's people, as it starts. */
export const people = {
  /** Has nothing yet. */
  robin: somebody("robin@example.com"),
  /** Has a phone, `phoneOfKim`. */
  kim: somebody("kim@example.com"),
  /** Every code of theirs is refused, as if too many had been wrong. */
  jules: somebody("jules@example.com"),
  /** Has nothing yet, and gets no recovery code. */
  toni: somebody("toni@example.com"),
} as const;

/** The number of the phone that Kim has. */
export const phoneOfKim = "+12025550123";

/** What each channel enrolls: numbers and domains that are reserved for examples. */
export const contacts: Readonly<Record<TestChannel, string>> = {
  sms: "+12025550142",
  voice: "+12025550143",
  email: "robin.second@example.net",
};

/** What the panel calls a method; a number that gets texts gets calls too. */
export const methodOf: Readonly<Record<TestChannel, RegExp>> = {
  sms: /^Text message and voice call/,
  voice: /^Text message and voice call/,
  email: /^Email/,
};

/** The three channels. */
export const CHANNELS: readonly TestChannel[] = ["sms", "voice", "email"];

/** Adds somebody who has nothing yet to a tenant that more than one test uses. */
export async function addPerson(site: Site, more: Readonly<Record<string, string>> = {}): Promise<TestPerson> {
  const name = `sam.${randomBytes(4).toString("hex")}`;
  const answer = await fetch(`${site.tenant}/_control/people`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ subject: `auth0|${name}`, name, email: `${name}@example.com`, ...more }),
  });
  if (!answer.ok) throw new Error(`The tenant does not take ${name}: ${await answer.text()}`);
  return somebody(`${name}@example.com`);
}
