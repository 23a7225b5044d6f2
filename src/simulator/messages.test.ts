import { expect, test } from "vitest";
import { smsText } from "./messages.ts";

/** The characters of GSM 03.38 that are one septet each, without those that only other languages need. */
const GSM_7 = /^[A-Za-z0-9 \n@£$_!"#%&'()*+,\-./:;<=>?¤¥§¿¡ÄÖÑÜäöñüà]*$/;

/** Reads a message by the algorithm of the WICG's "Origin-bound one-time codes delivered via SMS": its last line alone counts. */
function parseOneTimeCode(message: string): { host: string; code: string; embeddedHost: string | null } | null {
  const line = message.split("\n").at(-1) ?? "";
  const [, host = "", code = "", embeddedHost = null] = /^@(\S+) #(\S+)(?: @(\S+))?$/.exec(line) ?? [];
  return host === "" ? null : { host, code, embeddedHost };
}

const BRANDS = ["Meridian", "Larkmoor Savings", "Kölner Bänk Łódź 銀行", "B".repeat(300), ""];

test.each(BRANDS)("the text of %j is bound to the page's host and fits one message", (brand) => {
  const text = smsText({ brand, code: "012345", host: "account.example.com" });
  expect(parseOneTimeCode(text)).toEqual({ host: "account.example.com", code: "012345", embeddedHost: null });
  expect(text.length).toBeLessThanOrEqual(160);
  expect(text).toMatch(GSM_7);
  expect(text.split("\n")[0]).toContain("012345");
});

test("the code stands early and the brand once", () => {
  const text = smsText({ brand: "Larkmoor", code: "012345", host: "account.example.com" });
  expect(text.indexOf("012345")).toBeLessThan(40);
  expect(text.split("Larkmoor")).toHaveLength(2);
});

test("what is no last line of its own binds nothing", () => {
  expect(parseOneTimeCode("Your code is 012345 @account.example.com #012345")).toBeNull();
  expect(parseOneTimeCode("@account.example.com #012345\nBye")).toBeNull();
  expect(parseOneTimeCode("Code\n@bank.example #012345 @account.example.com")).toMatchObject({
    embeddedHost: "account.example.com",
  });
});
