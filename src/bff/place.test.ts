import fc from "fast-check";
import { expect, test } from "vitest";
import { placeOf } from "./place.ts";

test.each([
  ["203.0.113.77", "203.0.113.0/24"],
  ["2001:db8:12:34::1", "2001:db8:12::/48"],
  ["2001:0DB8:0012::", "2001:db8:12::/48"],
  ["::1", "0:0:0::/48"],
  ["fe80::1%eth0", "fe80:0:0::/48"],
  ["1:2:3:4:5:6:7:8", "1:2:3::/48"],
])("the place of %s is %s", (address, place) => {
  expect(placeOf(address)).toBe(place);
});

test.each([
  null,
  "",
  "localhost",
  "203.0.113",
  "1:2:3",
  "1:2:3:4:5:6:7:8:9",
  "12345::1",
  ":::",
  "1::2::3",
  "robin@example.com",
])("there is none for %j", (text) => {
  expect(placeOf(text)).toBeNull();
});

test("a place is the network that the address is in, as the platform's own reading of addresses has it", () => {
  fc.assert(
    fc.property(fc.ipV6(), (address) => {
      // A dotted tail is a form that no socket reports.
      fc.pre(!address.includes("."));
      const groups = (text: string) => {
        const [head = "", tail = ""] = new URL(`http://[${text}]/`).hostname.slice(1, -1).split("::");
        const before = head === "" ? [] : head.split(":");
        const after = tail === "" ? [] : tail.split(":");
        return [...before, ...Array<string>(8 - before.length - after.length).fill("0"), ...after];
      };
      expect(placeOf(address)).toBe(`${groups(address).slice(0, 3).join(":")}::/48`);
    }),
  );
});
