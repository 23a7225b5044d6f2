import { beforeAll, describe, expect, it } from "vitest";
import { type Judged, judgeNumbers } from "./judge-numbers.ts";
import { type Outcome, sumUp, tableOf } from "./report.ts";

let judged: readonly Judged[];
let outcome: Outcome;

// Seventeen thousand numbers, each in four ways: about five seconds on a machine that has nothing else to do.
beforeAll(async () => {
  judged = await judgeNumbers();
  outcome = sumUp(judged);
}, 120_000);

describe("the numbers of all regions and types", () => {
  it("are judged as a second library judges them, in page and BFF alike, but for the known differences", () => {
    expect(outcome.failures).toEqual([]);
  });

  it("are as many as ever: a run that judges fewer proves less", () => {
    const from = (source: Judged["source"]) => judged.filter((number) => number.source === source).length;
    expect({
      regions: outcome.regions,
      examples: from("example"),
      home: from("written at home"),
      mistyped: from("mistyped"),
      networks: from("network"),
      acceptedValid: outcome.acceptedValid,
      refusedInvalid: outcome.refusedInvalid,
    }).toEqual({
      regions: 245,
      examples: 975,
      home: 1_125,
      mistyped: 14_742,
      networks: 162,
      acceptedValid: 5_536,
      refusedInvalid: 7_559,
    });
  });

  it("of mobile phones are never refused", () => {
    expect(outcome.mobile).toBeGreaterThan(2_500);
    expect(outcome.mobileRefused).toBe(0);
    expect(outcome.mobileDisputed).toEqual(["+4537412345"]);
    expect(tableOf(outcome)).toContain("0 valid mobile numbers refused");
  });
});

describe("the run itself", () => {
  const one = (text: string) => {
    const found = judged.find((number) => number.text === text);
    if (found === undefined) throw new Error(`${text} was not judged.`);
    return found;
  };

  it("fails for a difference that nobody has listed", () => {
    const wrong = { ...one("+447400123456"), ours: null, taken: { sms: false, voice: false } };
    const { failures, mobileRefused } = sumUp([wrong], []);
    expect(failures).toEqual(["+447400123456: mobile GB by the second library, ours invalid"]);
    expect(mobileRefused).toBe(1);
  });

  it("fails for a listed difference that is gone", () => {
    const gone = { numbers: /^\+447400123456$/, second: "mobile GB", ours: "invalid", reason: "" };
    expect(sumUp([one("+447400123456")], [gone]).failures).toEqual([
      "/^\\+447400123456$/ is listed as a difference and was not found",
    ]);
  });
});
