import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { maskEmail, parseEmail } from "./email.ts";
import { suggestEmail } from "./suggest-email.ts";

describe("an address that mail can reach", () => {
  it.each([
    ["mira@example.com", "mira@example.com"],
    ["  mira@example.com \n", "mira@example.com"],
    ["\u200bmira@example.com\ufeff", "mira@example.com"],
    ["Mira.O'Neil+mfa@Example.COM", "Mira.O'Neil+mfa@example.com"],
    ["a@b.example", "a@b.example"],
    ["!#$%&'*+/=?^_`{|}~-@example.com", "!#$%&'*+/=?^_`{|}~-@example.com"],
    ["mira@mail.sub.example.co.uk", "mira@mail.sub.example.co.uk"],
    ["mira@my-host.example", "mira@my-host.example"],
    ["mira@1host.example", "mira@1host.example"],
    ["mira@müller.example", "mira@xn--mller-kva.example"],
    ["mira@MÜLLER.example", "mira@xn--mller-kva.example"],
    ["mira@xn--mller-kva.example", "mira@xn--mller-kva.example"],
    ["mira@例え。テスト", "mira@xn--r8jz45g.xn--zckzah"],
    ["mira@पता.भारत", "mira@xn--h2bl5d.xn--h2brj9c"],
    ["ｍｉｒａ＠ｅｘａｍｐｌｅ．ｃｏｍ", "mira@example.com"],
    [`${"l".repeat(64)}@example.com`, `${"l".repeat(64)}@example.com`],
    [`m@${"d".repeat(63)}.example`, `m@${"d".repeat(63)}.example`],
  ])("is read from %j", (typed, email) => {
    expect(parseEmail(typed)).toEqual({ ok: true, email });
  });
});

describe("an address that mail cannot reach", () => {
  it.each([
    ["", "empty"],
    [" \u00a0\n", "empty"],
    ["mira", "no_at"],
    ["mira.example.com", "no_at"],
    ["mira@@example.com", "several_at"],
    ["mira@example.com@example.org", "several_at"],
    ["@example.com", "local_part"],
    [".mira@example.com", "local_part"],
    ["mira.@example.com", "local_part"],
    ["mi..ra@example.com", "local_part"],
    ["mïra@example.com", "local_part"],
    ["mira@", "domain"],
    ["mira@example", "domain"],
    ["mira@.example.com", "domain"],
    ["mira@example..com", "domain"],
    ["mira@example.com..", "domain"],
    ["mira@-example.com", "domain"],
    ["mira@example-.com", "domain"],
    ["mira@exa_mple.com", "domain"],
    ["mira@example.c", "domain"],
    ["mira@127.0.0.1", "domain"],
    ["mira@0x7f.1", "domain"],
    ["mira@2130706433", "domain"],
    ["mira@example.com/path", "domain"],
    ["mira@example.com?cc=nuri", "domain"],
    ["mira@example%2ecom", "domain"],
    ["mira@example.com#a", "domain"],
    [`m@${"d".repeat(64)}.example`, "domain"],
    [`${"l".repeat(65)}@example.com`, "too_long"],
    [`m@${`${"d".repeat(60)}.`.repeat(5)}example`, "too_long"],
    ["mi ra@example.com", "characters"],
    ["mira@exam\u200bple.com", "characters"],
    ["mira@\u202eexample.com", "characters"],
    ["mira@example.com\r\nBcc: nuri@example.com", "characters"],
    ["mira@example.com\u0000.example.org", "characters"],
    ["mira@example.com,nuri@example.com", "characters"],
    ["mira@example.com;nuri@example.com", "characters"],
    ["Mira <mira@example.com>, Nuri <nuri@example.com>", "characters"],
    ["mira@example.com <nuri@example.com>", "characters"],
    ["Mira\r\nBcc: <nuri@example.com>", "characters"],
    ["<mira@example.com\r\nBcc: nuri@example.com>", "characters"],
    ["Mira <>", "empty"],
    ['"mira m"@example.com', "characters"],
    ["mira(comment)@example.com", "characters"],
    ["mira@[127.0.0.1]", "characters"],
    ["<script>@example.com", "characters"],
    ["mailto:mira@example.com?cc=nuri", "domain"],
    ["mailto:mailto:mira@example.com", "characters"],
    ["mira @ @example.com", "several_at"],
  ])("is refused: %j (%s)", (typed, reason) => {
    expect(parseEmail(typed)).toEqual({ ok: false, reason });
  });

  it("never yields an address that could mean a second recipient or a second line", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: "binary" }),
          fc.emailAddress(),
          fc.string().map((text) => `${text}@example.com`),
        ),
        (text) => {
          const verdict = parseEmail(text);
          if (verdict.ok) expect(verdict.email).toMatch(/^[!-~]{1,64}@[a-z0-9.-]+\.[a-z0-9-]{2,63}$/);
          if (verdict.ok) expect(verdict.email.split("@")).toHaveLength(2);
          if (verdict.ok) expect(parseEmail(verdict.email)).toEqual(verdict);
        },
      ),
    );
  });
});

describe("a masked address", () => {
  it.each([
    ["mira@example.com", "m••••@e••••.com"],
    ["a@b.co.uk", "a••••@b••••.uk"],
    ["nonsense", "••••"],
    ["", "••••"],
  ])("shows of %j only %j", (email, masked) => {
    expect(maskEmail(email)).toBe(masked);
  });

  it("shows of any address one letter, one letter of its domain and the top-level domain, and not how long it is", () => {
    fc.assert(
      fc.property(fc.emailAddress(), (email) => {
        const verdict = parseEmail(email);
        fc.pre(verdict.ok);
        const masked = maskEmail(verdict.ok ? verdict.email : "");
        expect(masked).toMatch(/^[^•]••••@[^•]••••\.[^.•]+$/u);
        expect(email.toLowerCase()).toContain(masked.split("••••")[2]?.toLowerCase());
      }),
    );
  });
});

describe("a near miss of a common provider", () => {
  it.each([
    ["mira@gmial.com", "mira@gmail.com"],
    ["mira@gamil.com", "mira@gmail.com"],
    ["mira@gmal.com", "mira@gmail.com"],
    ["mira@gmaill.com", "mira@gmail.com"],
    ["mira@gmail.co", "mira@gmail.com"],
    ["mira@gmailcom", "mira@gmail.com"],
    ["Mira.M@GMIAL.com ", "Mira.M@gmail.com"],
    ["mira@hotmial.com", "mira@hotmail.com"],
    ["mira@yahoo.con", "mira@yahoo.com"],
    ["mira@outlok.com", "mira@outlook.com"],
    ["mira@iclod.com", "mira@icloud.com"],
    ["mira@gmx.nett", "mira@gmx.net"],
    ["Mira <mira@gmial.com>", "mira@gmail.com"],
    ["mira＠gmial.com", "mira@gmail.com"],
  ])("is asked about: %j", (typed, meant) => {
    expect(suggestEmail(typed)).toBe(meant);
  });

  it.each([
    "mira@gmail.com",
    "mira@ymail.com",
    "mira@mail.com",
    "mira@email.com",
    "mira@example.com",
    "mira@wed.de",
    "mira@gmx.de",
    "@gmial.com",
    "mira@",
    "mira",
    "",
  ])("is not seen in %j", (typed) => {
    expect(suggestEmail(typed)).toBeNull();
  });
});
