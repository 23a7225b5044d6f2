import { expect, test } from "vitest";
import { plantFaults, SETUP_FAULTS } from "../simulator/plant-faults.ts";
import { addTo, setFrom, switchOn } from "./change.ts";
import { createPatient } from "./patient.ts";

const where = {
  says: "add",
  read: { path: "x", scope: "read:x" },
  write: { method: "PATCH", path: "x", scope: "update:x" },
} as const;

test("a word is added behind what is there, once, and what is there may be anything", () => {
  const change = addTo(where, "list", { found: [], words: ["b"] });
  expect(change.next(["strange", "a"])).toEqual(["strange", "a", "b"]);
  expect(change.next(["b", "a"])).toEqual(["b", "a"]);
  expect(change.body(["a", "b"])).toEqual({ list: ["a", "b"] });
  expect(change.pick({})).toEqual([]);
  for (const strange of [null, "text", { list: "a" }, { list: [1] }]) expect(change.pick(strange)).toBeUndefined();
});

test("a factor is read by its name, and one that is not listed is not touched", () => {
  const change = switchOn("sms");
  expect(change.pick([{ name: "sms", enabled: false }])).toBe(false);
  for (const strange of [[], null, [{ name: "sms", enabled: "no" }]]) expect(change.pick(strange)).toBeUndefined();
});

test("a value is set only where it is what was found", () => {
  const change = setFrom(where, "name", { from: "", to: "ours" });
  expect(change.next("")).toBe("ours");
  expect(change.next("ours")).toBe("ours");
  expect(change.next("theirs")).toBeNull();
  expect(change.pick({ name: null })).toBe("");
  expect(change.pick({ name: ["of", "another", "kind"] })).toBeUndefined();
});

test("no change switches anything off or takes a word from a list", async () => {
  for (const { id } of SETUP_FAULTS) {
    const patient = createPatient();
    plantFaults(patient.tenant, { names: [id] });
    const { out } = await patient.run(["--plan", "--json"], { env: { MFA_SIGN_IN: "redirect,password" } });
    // What our own command wrote for machines.
    const { plan } = JSON.parse(out) as { plan: { before: unknown; after: unknown }[] };
    for (const { before, after } of plan) {
      expect(after).not.toBe(false);
      if (Array.isArray(before)) expect(after).toEqual(expect.arrayContaining(before));
    }
  }
});
