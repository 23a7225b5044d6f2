// @vitest-environment jsdom
import { expect, it } from "vitest";
import "../journeys/preload.ts";
import type { Upstream } from "../bff/upstream.ts";
import { createSimulator } from "../simulator/simulator.ts";
import { newMind } from "./mind.ts";
import { runSchedule } from "./run-schedule.ts";
import { parseSchedule } from "./schedule.ts";
import { shrink } from "./shrink.ts";
import { createWitness } from "./witness.ts";

/* An engine that sees nothing finds nothing, so here it is shown what it must see. */

/** Asks once more whenever no answer came, as a thoughtless client does. */
const asksTwice =
  (upstream: Upstream): Upstream =>
  (request) =>
    upstream(request).catch(() => upstream(request));
/** Takes every lost answer for a wrong code. */
const blamesThePerson =
  (upstream: Upstream): Upstream =>
  (request) =>
    upstream(request).catch((error: unknown) => {
      if (!/mfa-oob/.test(request.body ?? "")) throw error;
      const text = '{"error":"invalid_grant","error_description":"Invalid binding_code."}';
      return { status: 403, headers: { "content-type": "application/json" }, text };
    });
/** Loses the recovery code of each answer that has one, and every sign that there is one. */
const losesTheCode =
  (upstream: Upstream): Upstream =>
  async (request) => {
    const answer = await upstream(request);
    const text = answer.text
      .replace(/,"recovery_codes":\[[^\]]*\]/, "")
      .replace(/,\{[^{}]*"recovery-code"[^{}]*\}/, "");
    return { ...answer, text };
  };

it("sees a message that is sent twice", async () => {
  const schedule = parseSchedule("robin, password, add sms | tenant: POST /mfa/associate #1: afterCommit reset");
  const { violations, duplicateSends } = await runSchedule(schedule, { around: asksTwice });
  expect(violations).toContain("I1: 2 messages for 1 wishes");
  expect(duplicateSends).toBe(1);
});

it("sees a right code that is called wrong", async () => {
  const schedule = parseSchedule("robin, password, add sms | tenant: POST /oauth/token mfa-oob #1: before reset");
  const { violations } = await runSchedule(schedule, { around: blamesThePerson });
  expect(violations).toContain("I3: “That code didn’t match”, and the tenant refused none");
});

it("sees a recovery code that nobody was shown", async () => {
  const schedule = parseSchedule("robin, password, add sms");
  const { violations } = await runSchedule(schedule, { around: losesTheCode });
  expect(violations).toEqual([expect.stringMatching(/^I4: /)]);
});

it("sees an entry that was begun and left behind", async () => {
  const sparesEntries =
    (upstream: Upstream): Upstream =>
    async (request) =>
      request.method === "DELETE" ? { status: 204, headers: {}, text: "" } : upstream(request);
  const schedule = parseSchedule("robin, redirect, add sms | tenant: POST /mfa/associate #1: afterCommit reset");
  const { violations } = await runSchedule(schedule, { around: sparesEntries });
  expect(violations).toEqual([expect.stringMatching(/^I2: \d unconfirmed entries are left/)]);
});

it("sees a lost recovery code that cannot be replaced although it should be", async () => {
  const refusesToRenew =
    (upstream: Upstream): Upstream =>
    async (request) =>
      request.path.endsWith("recovery-code-regeneration") ? { status: 503, headers: {}, text: "" } : upstream(request);
  const schedule = parseSchedule("robin, password, add sms | tenant: POST /mfa/associate #1: afterCommit reset");
  const { violations } = await runSchedule(schedule, { around: refusesToRenew });
  expect(violations).toEqual(["I4: a recovery code was lost, and no new one could be had"]);
});

it("sees that more tries are promised than are left", () => {
  const simulator = createSimulator({ issuer: "https://tenant.test/", now: () => 0 });
  const errand = { who: "robin", way: "password", goal: "add sms", repair: true } as const;
  const witness = createWitness({ simulator, errand, now: () => 0, heard: () => 0 });
  const { ledger } = simulator;
  const mind = newMind(errand);
  ledger.write({ type: "send", person: "auth0|robin", channel: "sms", contact: mind.contact });
  ledger.write({ type: "codeRefused", person: "auth0|robin" });
  const sight = { buttons: [], isBusy: false, isLoading: false, recoveryCodes: [], methods: null };
  const says = (text: string) => witness.look({ ...sight, heading: "Enter the code we texted", text }, mind);
  says("That code didn’t match. 4 tries left.");
  expect([...witness.falseClaims]).toEqual([]);
  says("That code didn’t match. 5 tries left.");
  expect([...witness.falseClaims]).toEqual(["“5 tries left”, and there are fewer"]);
});

it("finds the one fault that a failure needs", async () => {
  const run = (schedule: Parameters<typeof runSchedule>[0]) => runSchedule(schedule, { around: asksTwice });
  const failed = await run(
    parseSchedule(
      "robin, password, add sms | step: #3: ahead | tenant: POST /mfa/associate #1: afterCommit reset | wire: GET /session #1: slow",
    ),
  );
  expect(await shrink(failed, run)).toEqual(
    parseSchedule("robin, password, add sms | tenant: POST /mfa/associate #1: afterCommit reset"),
  );
});

it("finds nothing where nothing goes wrong", async () => {
  expect((await runSchedule(parseSchedule("kim, redirect, replace"))).violations).toEqual([]);
});
