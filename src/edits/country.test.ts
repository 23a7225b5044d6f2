import { beforeAll, describe, expect, it } from "vitest";
import { DEFAULT_PHONE_POLICY } from "../contract/phone-policy.ts";
import { createPhoneEntry } from "../ui/phone/phone-entry.ts";
import { fetchPlan } from "../ui/phone/phone-plan.ts";
import { callingCodeOf } from "../ui/phone/regions.ts";
import { StandInField } from "./stand-in-field.ts";

beforeAll(async () => {
  for (const region of ["US", "GB", "DE", "IT"]) await fetchPlan(callingCodeOf(region));
});

/** Somebody in the United States before an empty field. */
function begin() {
  const shown: (string | null)[] = ["US"];
  const entry = createPhoneEntry({ text: "", region: "US", onRegion: (region) => shown.push(region) });
  const field = new StandInField(entry, "");
  entry.attach(field);
  entry.start(["en-US"]);
  return { entry, field, country: () => shown.at(-1) };
}

describe("somebody who writes the 0 of their country in brackets", () => {
  it.each([
    ["+44 (0)20 7946 0123", "GB", "+442079460123"],
    ["0044 (0) 20 7946 0123", "GB", "+442079460123"],
    ["+49 (0)30 123456", "DE", "+4930123456"],
    ["+39 (0)6 1234 5678", "IT", "+390612345678"],
    ["\u202a+44 (0)20 7946 0123\u202c", "GB", "+442079460123"],
  ])("pastes %j, sees the country follow and is understood", async (text, country, e164) => {
    const one = begin();
    one.field.insert(text, "insertFromPaste");
    expect(one.country()).toBe(country);
    expect(one.field.value).toBe(text);
    expect(await one.entry.judge("voice", DEFAULT_PHONE_POLICY)).toMatchObject({ ok: true, e164 });
    expect(one.country()).toBe(country);
  });

  it.each([
    ["+44 (0)20 7946 0123", "GB", "+442079460123"],
    ["+49 (0)30 123456", "DE", "+4930123456"],
    ["+39 (0)6 1234 5678", "IT", "+390612345678"],
  ])("types %j, sees the country follow and is understood", async (text, country, e164) => {
    const one = begin();
    for (const key of text) one.field.insert(key, "insertText");
    expect(one.country()).toBe(country);
    expect(await one.entry.judge("voice", DEFAULT_PHONE_POLICY)).toMatchObject({ ok: true, e164 });
  });

  it("has it filled in by the browser, and the country follows", () => {
    const one = begin();
    one.field.fill("+44 (0)20 7946 0123");
    expect(one.country()).toBe("GB");
  });
});

it("keeps the country of somebody who writes words", () => {
  const one = begin();
  one.field.insert("call me", "insertText");
  expect(one.country()).toBe("US");
});

it("takes one drag back as one edit", () => {
  const one = begin();
  one.field.fill("2025550123");
  one.field.setSelectionRange(1, 4);
  one.field.drag(14);
  expect(one.field.value.replace(/\D/g, "")).toBe("5550123202");
  one.field.press("undo");
  expect(one.field.value).toBe("(202) 555-0123");
});
