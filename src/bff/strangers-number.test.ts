import { expect, test } from "vitest";
import { confirmed, done, pendingIn } from "../journeys/errands.ts";
import { type Browser, createStack, type Stack } from "../journeys/stack.ts";

/** Kim's own, and one that nobody has. */
const TAKEN = "+12025550123";
const FREE = "+12025550124";

/** Everything that somebody can learn about a number by adding it, with what differs between any two numbers taken out. */
async function learnt(contact: string, go: (stack: Stack, browser: Browser) => Promise<unknown>): Promise<string> {
  const stack = createStack();
  const browser = stack.browser();
  await browser.signInByPassword("robin@example.com");
  const answers: unknown[] = [await browser.call("start", { channel: "sms", contact })];
  answers.push(await go(stack, browser));
  return JSON.stringify(answers)
    .replaceAll(/"(enrollmentId|correlationId|id)":"[\w-]+"/g, '"$1":"…"')
    .replaceAll(/[\d•]+(?=")/g, "…");
}

test.each([
  ["when the code is wrong", (_: Stack, browser: Browser) => wrongly(browser)],
  ["when it is confirmed", async (stack: Stack, browser: Browser) => rightly(stack, browser)],
  ["when it is given up", async (_: Stack, browser: Browser) => done(browser, "cancel")],
])("a number that somebody else has is answered as one that nobody has, %s", async (_, go) => {
  const taken = await learnt(TAKEN, go);
  expect(taken).toBe(await learnt(FREE, go));
  expect(taken).toContain('"status":"code_sent"');
});

async function wrongly(browser: Browser): Promise<unknown> {
  const { enrollmentId } = pendingIn(await browser.view());
  return browser.call("confirm", { enrollmentId, code: "000000" });
}

async function rightly(stack: Stack, browser: Browser): Promise<unknown> {
  return confirmed(stack, browser, pendingIn(await browser.view()));
}
