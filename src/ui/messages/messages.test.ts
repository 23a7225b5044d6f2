import { describe, expect, test } from "vitest";
import { problemSchema } from "../../contract/problem.ts";
import { en } from "./en.ts";
import { enLater } from "./en-later.ts";
import { createMessages, ENGLISH } from "./messages.ts";
import { problemSentence, regionInSentence } from "./problem-sentence.ts";

const english = createMessages({ ...en, ...enLater });

describe("sentences", () => {
  test("one try is not tries", () => {
    expect(english.t("code.tries", { count: 1 })).toBe("1 try left.");
    expect(english.t("code.tries", { count: 3 })).toBe("3 tries left.");
  });

  test("a host says a sentence in its own words, also one that comes later", () => {
    const mine = createMessages(en, ENGLISH, { "panel.heading": "Two-step", "done.heading": "Great" });
    expect(mine.t("panel.heading")).toBe("Two-step");
    expect(mine.with(enLater).t("done.heading")).toBe("Great");
  });

  test("a number inside right-to-left text is kept apart, so that it is not turned around", () => {
    const arabic = createMessages({ ...en, ...enLater }, { ...ENGLISH, locale: "ar", direction: "rtl" });
    expect(arabic.direction).toBe("rtl");
    expect(arabic.t("code.sent.sms", { contact: "+1 202" })).toBe("We sent a text to \u2068+1 202\u2069.");
  });

  test("numbers are written in the digits of the locale", () => {
    const tongue = { ...ENGLISH, locale: "hi-u-nu-deva" };
    expect(createMessages({ ...en, ...enLater }, tongue).t("code.tries", { count: 3 })).toContain("३");
  });

  test("no sentence is said by two parts of the catalogue", () => {
    expect(Object.keys(en).filter((key) => key in enLater)).toEqual([]);
  });
});

test("a country that takes an article in English has it inside a sentence, and in no other language", () => {
  expect(regionInSentence("en-GB", "GB")).toBe("the United Kingdom");
  expect(regionInSentence("en", "DE")).toBe("Germany");
  expect(regionInSentence("de", "GB")).toBe("Vereinigtes Königreich");
});

test("every refusal of the contract has a sentence in which nothing is left to fill in", () => {
  const extras = {
    attemptsLeft: 2,
    retryAt: 0,
    channel: "sms",
    reason: "too_short",
    region: "DE",
    what: "remove",
  };
  const options = problemSchema.def.options;
  expect(options.length).toBeGreaterThan(30);
  for (const { shape } of options.map((option) => option.def)) {
    const [code] = shape.code.def.values;
    const [status] = shape.status.def.values;
    const problem = problemSchema.parse({
      type: `urn:mfa-enroll:problem:${code}`,
      title: code,
      status,
      code,
      correlationId: "c0ffee",
      ...extras,
      ...(code === "invalid_email" ? { reason: "domain" } : {}),
    });
    const sentence = problemSentence(english, problem);
    expect(sentence, code).toMatch(/^[A-Z].+[.]$/);
    expect(sentence, code).not.toMatch(/[{}]|problem\./);
  }
});
