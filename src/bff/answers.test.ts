import { describe, expect, test } from "vitest";
import { problemSchema } from "../contract/problem.ts";
import { CONTRACT } from "../contract/routes.ts";
import { visitBy } from "../journeys/errands.ts";
import { createStack, PAGE } from "../journeys/stack.ts";
import { createAnswers } from "./answers.ts";
import { responseOf } from "./exchange.ts";

const OURS = { "x-mfa-enroll": "1", origin: PAGE, "sec-fetch-site": "same-origin" };
const answers = createAnswers({ https: true });
const ABOUT = { correlationId: "c0ffee", now: 0, cookie: null };

describe("every answer and refusal of the BFF", () => {
  test.each([
    ["an answer", "/session", 200],
    ["a refusal", "/enrollment/contact", 401],
    ["a refusal of an address that does not exist", "/nothing", 404],
    ["a refusal of a method", "/enrollment", 405],
  ])("carries the mark of the contract: %s", async (_, path, status) => {
    const answer = await createStack().bff(new Request(`${PAGE}/api/mfa${path}`, { headers: OURS }));
    expect(answer.status).toBe(status);
    expect(answer.headers.get("mfa-enroll-contract")).toBe(CONTRACT);
  });

  test("is held against the contract: one that breaks it does not leave, and the log names that and nothing else", async () => {
    // A host in plain JavaScript can hand over what no type allows.
    const stepUpAddress = { secret: "never-to-be-seen" } as unknown as string;
    const stack = createStack({ bff: { account: async () => null, stepUpAddress } });
    const { status, problem } = await stack.browser().call("signIn", { way: "redirect", returnTo: "/" });
    expect({ status, code: problem?.code }).toEqual({ status: 503, code: "service_unavailable" });
    const line = stack.log.at(-1);
    expect(line).toMatchObject({ route: "signIn", status: 503, code: "answer_off_contract" });
    expect(line?.correlationId).toBe(problem?.correlationId);
    expect(JSON.stringify([problem, stack.log])).not.toContain("never-to-be-seen");
  });

  test("is held against the contract: a refusal that breaks it becomes one that does not", async () => {
    const answer = responseOf(answers.problem({ code: "wrong_code", attemptsLeft: Number.NaN }, ABOUT));
    const said = problemSchema.parse(await answer.json());
    expect({ status: answer.status, code: said.code }).toEqual({ status: 503, code: "service_unavailable" });
  });

  test("says what the contract describes and nothing more", async () => {
    const extra = { code: "signed_out", inTheWay: "never-to-be-seen" } as const;
    expect(answers.problem(extra, ABOUT).body).not.toContain("never-to-be-seen");
    const { browser } = await visitBy("kim@example.com");
    const headers = { ...OURS, cookie: [...browser.jar].map((pair) => pair.join("=")).join("; ") };
    const answer = await browser.fetch(new Request(`${PAGE}/api/mfa/session`, { headers }));
    expect(await answer.json()).toEqual(await browser.view());
  });
});
