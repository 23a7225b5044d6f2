import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseCode, parseRecoveryCode, toAsciiDigits } from "./code.ts";

describe("a code", () => {
  it.each([
    ["123456", "123456"],
    ["  123456\n", "123456"],
    ["123 456", "123456"],
    ["12 34 56", "123456"],
    ["1 2 3 4 5 6", "123456"],
    ["123-456", "123456"],
    ["123–456", "123456"],
    ["123.456", "123456"],
    ["123·456", "123456"],
    ["123\u00a0456", "123456"],
    ["123\t456", "123456"],
    ["000000", "000000"],
    ["012345", "012345"],
    ["１２３４５６", "123456"],
    ["١٢٣٤٥٦", "123456"],
    ["۱۲۳۴۵۶", "123456"],
    ["१२३४५६", "123456"],
    ["๑๒๓๔๕๖", "123456"],
    ["Your code is 123-456.", "123456"],
    ["Your verification code is: 123456", "123456"],
    ["Auth0 123456 is your code", "123456"],
    ["Auth0: 123 456", "123456"],
    ["G-123456", "123456"],
    ["123456 is your code. It expires in 5 minutes.", "123456"],
    ["It ends at 10:30. Code 123456", "123456"],
    ["You asked at 10:30 on 2026-11-22. Code: 123456.", "123456"],
    ["Questions? Call 1 800 555 0199. Code 123456", "123456"],
    ["Call +12025550123. Code 123456", "123456"],
    ["Your code for example.com\n\n@example.com #123456", "123456"],
    ["You paid 998877 points\n@example.com #123456", "123456"],
    ["コードは１２３４５６です", "123456"],
  ])("is read from %j", (typed, code) => {
    expect(parseCode(typed)).toBe(code);
  });

  it.each([
    ["", ""],
    ["12", "12"],
    ["12 3", "123"],
    ["12345a", "12345"],
    ["1234567", "123456"],
    ["abc", ""],
    ["1e5", "15"],
    ["²³", ""],
  ])("is still being typed in %j", (typed, digits) => {
    expect(parseCode(typed)).toBe(digits);
  });

  it.each(["ABCD1234EFGH5678JKLM9012", "+1 202 555 0142", "2025550142"])(
    "is not read from %j, of which six digits would cost a try",
    (pasted) => expect(parseCode(pasted)).toBe(""),
  );

  it("is at most six ASCII digits whatever is pasted, however long", () => {
    fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => /^\d{0,6}$/.test(parseCode(text))));
    expect(parseCode("1 ".repeat(5_000))).toBe("");
  });

  it("survives any separators people put between its digits", () => {
    const separator = fc.constantFrom("", " ", "-", "–", "\u00a0", ".");
    fc.assert(
      fc.property(
        fc.stringMatching(/^\d{6}$/),
        fc.array(separator, { minLength: 5, maxLength: 5 }),
        (code, between) => {
          const written = [...code].map((digit, at) => digit + (between[at] ?? "")).join("");
          expect(parseCode(written)).toBe(code);
        },
      ),
    );
  });
});

it("writes each script's digits as 0 to 9 and leaves everything else alone", () => {
  expect(toAsciiDigits("٤٢ ４２ ४२ forty-two ²")).toBe("42 42 42 forty-two ²");
});

it("reads a recovery code in any case, grouping and dash", () => {
  expect(parseRecoveryCode(" abcd-efgh–1234\u00a0５６78\u200b ")).toBe("ABCDEFGH12345678");
});
