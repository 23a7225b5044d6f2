import { describe, expect, test } from "vitest";
import { done, enrolled, ledgerCount, MAILBOX, proven, refused, visitBy } from "../journeys/errands.ts";

describe("someone removes a method", () => {
  test("after a proof, and its twin goes with it", async () => {
    const { stack, browser, view } = await visitBy("kim@example.com");
    const authenticatorId = view.authenticators?.items[0]?.id;
    expect(await refused(browser, "remove", { authenticatorId })).toBe("proof_needed");
    expect(ledgerCount(stack, "delete")).toBe(0);
    await proven(stack, browser);
    expect((await done(browser, "remove", { authenticatorId })).authenticators?.items).toEqual([]);
    expect(stack.simulator.ledger.list("delete")).toMatchObject([{ also: [expect.stringContaining("voice|")] }]);
  });

  test("that is the address which the tenant lists by itself, and is told that it stays", async () => {
    const { stack, browser, view } = await visitBy("sasha@example.com");
    const authenticatorId = view.authenticators?.items[0]?.id;
    expect(await refused(browser, "remove", { authenticatorId })).toBe("automatic_authenticator");
    expect(ledgerCount(stack, "delete")).toBe(0);
  });

  test("that somebody else has removed already, and it is done", async () => {
    const { stack, browser } = await visitBy("robin@example.com");
    const view = await enrolled(stack, browser);
    const authenticatorId = view.authenticators?.items[0]?.id;
    const robin = stack.simulator.people.find("robin@example.com");
    if (robin) robin.authenticators = [];
    expect((await done(browser, "remove", { authenticatorId })).authenticators?.items).toEqual([]);
    expect((await done(browser, "remove", { authenticatorId })).authenticators?.items).toEqual([]);
  });

  test("and is told that nobody knows where somebody in between answers and the list cannot be read", async () => {
    const { stack, browser, view } = await visitBy("kim@example.com");
    const authenticatorId = view.authenticators?.items[0]?.id;
    await proven(stack, browser);
    const { faults } = stack.simulator;
    faults.add({ route: "DELETE /mfa/authenticators/:id", phase: "before", action: { type: "garbage" } });
    faults.add({ route: "GET /mfa/authenticators", phase: "before", action: { type: "status", status: 503 } });
    expect(await refused(browser, "remove", { authenticatorId })).toBe("outcome_unclear");
    expect((await browser.view()).authenticators?.items).toHaveLength(1);
  });

  test("and keeps the others", async () => {
    const { stack, browser } = await visitBy("robin@example.com");
    await enrolled(stack, browser);
    const view = await enrolled(stack, browser, { channel: "email", contact: MAILBOX });
    const phone = view.authenticators?.items.find(({ channels }) => channels.includes("sms"));
    const left = await done(browser, "remove", { authenticatorId: phone?.id });
    expect(left.authenticators?.items).toMatchObject([{ channels: ["email"] }]);
  });

  test("by a handle of another visit, which means nothing here", async () => {
    const { stack, browser, view } = await visitBy("kim@example.com");
    const authenticatorId = view.authenticators?.items[0]?.id;
    const other = stack.browser();
    await other.signInByRedirect("kim@example.com");
    expect((await done(other, "remove", { authenticatorId })).authenticators?.items).toHaveLength(1);
    expect((await browser.view()).authenticators?.items).toHaveLength(1);
    expect(ledgerCount(stack, "delete")).toBe(0);
  });
});
