import { randomInt } from "node:crypto";
import type { Page } from "playwright/test";
import * as z from "zod/mini";
import { CLIENT_HEADER, IDEMPOTENCY_HEADER, type RouteName, routes } from "../../src/contract/routes.ts";
import { lastMessageId, readCode } from "../../src/testing/read-code.ts";
import { addPerson } from "../people.ts";
import type { TestPerson } from "../../src/testing/enrollment-page.ts";
import type { World } from "./world.ts";

/*
 * Asks the BFF from our own page as the wizard does, without its screens: what somebody else's page tries must work from here.
 */

/** What came back: the status, the code of a refusal, and the body. */
export interface Answer {
  status: number;
  code: string | null;
  body: unknown;
}

const problemSchema = z.object({ code: z.string() });

/** Asks one route from the page that is open, as the wizard would. */
export async function askFromOwnPage(page: Page, name: RouteName, sent: object | null = null): Promise<Answer> {
  const { method, path } = routes[name];
  const answer = await page.evaluate(
    async ({ method, path, body, client, idempotency }) => {
      const headers: Record<string, string> = { [client]: "1", [idempotency]: crypto.randomUUID() };
      if (body !== null) headers["Content-Type"] = "application/json";
      const init: RequestInit = { method, headers, body };
      const got = await fetch(`/api/mfa${path}`, init);
      const text = await got.text();
      return { status: got.status, text };
    },
    { method, path, body: sent && JSON.stringify(sent), client: CLIENT_HEADER, idempotency: IDEMPOTENCY_HEADER },
  );
  const body: unknown = JSON.parse(answer.text);
  const problem = problemSchema.safeParse(body);
  return { status: answer.status, code: problem.success ? problem.data.code : null, body };
}

const viewSchema = z.object({
  person: z.nullable(z.object({ name: z.string() })),
  authenticators: z.nullable(z.object({ items: z.array(z.object({ id: z.string() })) })),
  flow: z.looseObject({ step: z.string(), enrollment: z.optional(z.looseObject({ enrollmentId: z.string() })) }),
});

/** What the session says, and again as a text without what time alone changes. */
export async function readOwnSession(page: Page): Promise<{ view: z.infer<typeof viewSchema>; text: string }> {
  const { body } = await askFromOwnPage(page, "session");
  const timeless = (key: string, value: unknown): unknown => (["now", "knownAt"].includes(key) ? undefined : value);
  return { view: viewSchema.parse(body), text: JSON.stringify(body, timeless) };
}

/** Somebody whose every route would do something now, with what it would have to be sent. */
export interface Victim {
  person: TestPerson;
  bodies: Readonly<Record<RouteName, object | null>>;
}

/** Signs somebody new in at the page, with the password. */
export async function signIn(page: Page, world: World, person: TestPerson): Promise<void> {
  await page.goto(world.app);
  const { status } = await askFromOwnPage(page, "signIn", { way: "password", ...person });
  if (status !== 200) throw new Error(`The sign-in was answered with ${String(status)}.`);
}

/** Where an attacker would have the codes sent. */
const THEIR_ADDRESS = "attacker@example.org";

/**
 * Signs somebody in who has an address, has proven who they are, and has been sent a code for a number that waits to be entered. What
 * the routes would have to be sent holds their true ids and the true code, which no attacker knows.
 */
export async function prepareVictim(page: Page, world: World, attacker: TestPerson): Promise<Victim> {
  const person = await addPerson(world.site);
  await signIn(page, world, person);
  // A contact of their own: to one and the same, only so many messages go. The tenant's numbers from 0190 on misbehave on purpose.
  const contacts = { sms: `+120255501${String(randomInt(90)).padStart(2, "0")}`, email: `second.${person.username}` };
  const enroll = async (channel: "sms" | "email"): Promise<{ enrollmentId: string; code: string }> => {
    const after = await lastMessageId(world.site.outbox);
    await askFromOwnPage(page, "start", { channel, contact: contacts[channel] });
    const { view } = await readOwnSession(page);
    const code = await readCode(world.site.outbox, { channel, to: contacts[channel], after });
    return { enrollmentId: view.flow.enrollment?.enrollmentId ?? "", code };
  };
  await askFromOwnPage(page, "confirm", await enroll("email"));
  await askFromOwnPage(page, "recoveryCode", {});
  await askFromOwnPage(page, "acknowledge", {});
  const pending = await enroll("sms");
  const { view } = await readOwnSession(page);
  const [authenticator] = view.authenticators?.items ?? [];
  if (!authenticator || view.flow.step !== "code") throw new Error("The victim is not where they should be.");
  return {
    person,
    bodies: {
      session: null,
      signIn: { way: "password", ...attacker },
      signOut: {},
      start: { channel: "email", contact: THEIR_ADDRESS },
      contact: null,
      resend: { enrollmentId: pending.enrollmentId },
      confirm: pending,
      cancel: { enrollmentId: pending.enrollmentId },
      recoveryCode: {},
      acknowledge: {},
      renewRecoveryCode: {},
      endOtherSessions: {},
      remove: { authenticatorId: authenticator.id },
      challenge: { with: "recovery_code" },
      verify: { challengeId: "challenge", code: "123456" },
    },
  };
}
