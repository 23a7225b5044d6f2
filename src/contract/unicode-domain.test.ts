import { expect, it } from "vitest";
import { toUnicodeDomain } from "./unicode-domain.ts";

it.each([
  ["xn--mller-kva.example", "müller.example"],
  ["xn--strae-oqa.example", "straße.example"],
  ["xn--r8jz45g.xn--zckzah", "例え.テスト"],
  ["xn--h2bl5d.xn--h2brj9c", "पता.भारत"],
  ["xn--e1afmkfd.xn--p1ai", "пример.рф"],
  ["xn--mgbh0fb.xn--kgbechtv", "مثال.إختبار"],
  ["xn--6dbbec0c.xn--4dbrk0ce", "דוגמה.ישראל"],
  ["xn--72c1a1bt4awk9o.xn--o3cw4h", "ตัวอย่าง.ไทย"],
  ["xn--38j221hptp.xn--r8jz45g.example", "ご案内.例え.example"],
  ["mail.xn--mller-kva.co.uk", "mail.müller.co.uk"],
  ["example.com", "example.com"],
])("writes %s as %s", (domain, written) => {
  expect(toUnicodeDomain(domain)).toBe(written);
});

it.each(["xn--a.example", "xn--.example", "xn--99999999.example", "xn--mller-kv.example", "", "xn--MLLER-kva.example"])(
  "leaves %j alone, which no domain is written as",
  (domain) => expect(toUnicodeDomain(domain)).toBe(domain),
);
