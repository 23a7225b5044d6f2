import { gzipSync } from "node:zlib";
import examples from "libphonenumber-js/examples.mobile.json";
import whole from "libphonenumber-js/metadata.max.json";
import { expect, it } from "vitest";
import { parsePhone } from "../../contract/phone.ts";
import { DEFAULT_PHONE_POLICY as policy } from "../../contract/phone-policy.ts";
import { judgePhone } from "./judge-phone.ts";
import { fetchPlan, planAtHand } from "./phone-plan.ts";
import { callingCodeOf, leadingCallingCode, REGIONS, regionOfCode } from "./regions.ts";

it("judges every region's numbers, whole, short, long and mistyped, as all plans together would", async () => {
  let judged = 0;
  for (const [region, national] of Object.entries(examples)) {
    await fetchPlan(callingCodeOf(region));
    const mistyped = [...national].map(
      (digit, at) => national.slice(0, at) + ((Number(digit) + 3) % 10) + national.slice(at + 1),
    );
    for (const text of [national, `0${national}`, national.slice(1), `${national}1`, ...mistyped]) {
      for (const channel of ["sms", "voice"] as const) {
        expect(await judgePhone(text, { region, dialledFrom: region }, channel, policy), `${region} ${text}`).toEqual(
          parsePhone(text, { region, channel, policy, metadata: whole }),
        );
        judged++;
      }
    }
  }
  expect(judged).toBeGreaterThan(5_000);
});

it("costs somebody who types a number at most 3 kB", async () => {
  const sizes = await Promise.all(
    Object.keys(whole.country_calling_codes).map(async (code) => ({
      code,
      bytes: gzipSync(JSON.stringify(await fetchPlan(code))).length,
    })),
  );
  expect(sizes.length).toBeGreaterThan(200);
  expect(sizes.filter(({ bytes }) => bytes > 3_000)).toEqual([]);
});

it("fetches a plan once and has it at hand from then on", async () => {
  const plan = await fetchPlan("81");
  expect(planAtHand("81")).toBe(plan);
  expect(await fetchPlan("81")).toBe(plan);
  expect(await fetchPlan("999")).toBeNull();
  expect(planAtHand(null)).toBeNull();
});

it("knows every region's calling code, and which region a calling code means", () => {
  expect(REGIONS.length).toBe(Object.keys(whole.countries).length);
  expect(callingCodeOf("GB")).toBe("44");
  expect(callingCodeOf("JM")).toBe("1");
  expect(callingCodeOf("ZZ")).toBeNull();
  expect(callingCodeOf(null)).toBeNull();
  expect(leadingCallingCode("447400123456")).toBe("44");
  expect(leadingCallingCode("3")).toBeNull();
  expect(leadingCallingCode("999")).toBeNull();
  expect(regionOfCode("44", null)).toBe("GB");
  expect(regionOfCode("44", "JE")).toBe("JE");
  expect(regionOfCode("44", "US")).toBe("GB");
});
