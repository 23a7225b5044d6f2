import { expect, test } from "vitest";
import { readPageSettings } from "./read-page-settings.ts";

const read = (text: string | undefined) => {
  const problems: string[] = [];
  return { ...readPageSettings({ MFA_FRAME_ANCESTORS: text }, problems), problems };
};

test.each([undefined, "", " ", "none"])("nobody may frame the page where the setting is %j", (text) => {
  expect(read(text)).toEqual({ frameAncestors: [], problems: [] });
});

test("origins that are named may", () => {
  expect(read("https://app.example.com, https://example.org:8443")).toEqual({
    frameAncestors: ["https://app.example.com", "https://example.org:8443"],
    problems: [],
  });
});

test.each([
  "*",
  "https:",
  "https://*.example.com",
  "http://app.example.com",
  "https://app.example.com/",
  "https://app.example.com/page",
  "https://APP.example.com",
  "https://app.example.com:443",
  "https://someone@app.example.com",
  "'self'",
  "https://app.example.com; script-src *",
  "https://app.example.com script-src",
  "https://app.example.com,",
  "none, https://app.example.com",
  "app.example.com",
])("%j is no origin, and the server does not start with it", (text) => {
  expect(read(text).problems).toEqual([
    "MFA_FRAME_ANCESTORS must be none, or https origins such as https://app.example.com, with commas.",
  ]);
});
