import { describe, expect, test } from "vitest";
import { confirmed, done, enrolled, MAILBOX, PHONE, proven, refused, started, wrongCode } from "../journeys/errands.ts";
import { createStack } from "../journeys/stack.ts";
import { createLog } from "./log.ts";

const FIELDS = ["code", "correlationId", "durationMs", "level", "msg", "route", "status", "time"];

describe("the log", () => {
  test("has one line for each request, with names, counts and times and nothing else", async () => {
    const lines: string[] = [];
    const stack = createStack({ bff: { log: createLog({ write: (line) => void lines.push(line) }) } });
    const browser = stack.browser();
    await refused(browser, "signIn", { way: "password", username: "robin@example.com", password: "wrong-password" });
    await browser.signInByPassword("robin@example.com");
    const pending = await started(browser);
    await refused(browser, "confirm", { enrollmentId: pending.enrollmentId, code: wrongCode(stack) });
    await confirmed(stack, browser, pending);
    await done(browser, "recoveryCode");
    await done(browser, "acknowledge");
    await enrolled(stack, browser, { channel: "email", contact: MAILBOX });
    const kim = stack.browser();
    await kim.signInByRedirect("kim@example.com", { draft: { channel: "sms", contact: PHONE } });
    await kim.signInByPassword("kim@example.com");
    await proven(stack, kim);
    await done(kim, "signOut");

    expect(lines.length).toBeGreaterThan(15);
    for (const line of lines) expect(Object.keys(JSON.parse(line)).toSorted()).toEqual(FIELDS);
    const text = lines.join("");
    const { outbox, people } = stack.simulator;
    const secrets = [
      "Enroll-Demo-1",
      "wrong-password",
      "robin",
      "kim",
      PHONE.slice(1),
      "0147",
      MAILBOX,
      "Fe26",
      "eyJ",
      "mfa-enroll-demo-secret",
      pending.enrollmentId,
      people.find("robin@example.com")?.recoveryCode?.code ?? "?",
      browser.jar.get("__Host-mfa") ?? "?",
      ...outbox.list().map(({ code }) => code ?? "?"),
    ];
    // Times and durations are digits too, so codes are looked for where they could stand by themselves.
    for (const secret of secrets) expect(text).not.toMatch(new RegExp(`(?<!\\d)${secret}(?!\\d)`));
  });

  test("names the refusal, and the answer names the line", async () => {
    const stack = createStack();
    const { problem } = await stack.browser().call("start", { channel: "sms", contact: PHONE });
    expect(stack.log.at(-1)).toMatchObject({
      route: "start",
      status: 401,
      code: "signed_out",
      correlationId: problem?.correlationId,
    });
  });

  test("has one line for a clock that differs from the tenant's, with what to do about it", () => {
    const lines: string[] = [];
    createLog({ write: (line) => void lines.push(line) })({ event: "clock_differs", aheadSeconds: 120 });
    expect(lines.map((line): unknown => JSON.parse(line))).toMatchObject([
      { level: 40, event: "clock_differs", aheadSeconds: 120, msg: expect.stringContaining("check that both are") },
    ]);
  });

  test("drops whatever else an entry may carry", () => {
    const lines: string[] = [];
    const entry = { correlationId: "a", route: "start", status: 200, code: null, durationMs: 1, token: "eyJ" };
    createLog({ write: (line) => void lines.push(line) })(entry);
    expect(lines.join("")).not.toContain("eyJ");
  });
});
