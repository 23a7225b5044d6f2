import { describe, expect, test } from "vitest";
import { readForm } from "./json-form.ts";

const read = (text: string) => readForm(new TextEncoder().encode(text));
const nested = (depth: number) => "[".repeat(depth) + "]".repeat(depth);
const wide = (keys: number) => `{${Array.from({ length: keys }, (_, index) => `"k${index}":1`).join(",")}}`;

describe("a body is read", () => {
  test("as what it says, also where texts hold what looks like more", () => {
    const said = { way: 'a":"b', password: String.raw`\":{`, draft: { channel: "sms", contact: "é☎👋" } };
    expect(read(JSON.stringify(said))).toEqual({ body: said });
    expect(read(' {"a" : [ 1 , true , null ] } ')).toEqual({ body: { a: [1, true, null] } });
    expect(read(String.raw`{"a":"\u00e9\ud83d\udc4b"}`)).toEqual({ body: { a: "é👋" } });
  });

  test("up to four deep and eight names wide", () => {
    expect(read(nested(4))).not.toBeNull();
    expect(read(nested(5))).toBeNull();
    expect(read(wide(8))).not.toBeNull();
    expect(read(wide(9))).toBeNull();
    expect(read('{"a":{"b":1,"c":2,"d":3},"e":{"f":4,"g":5,"h":6}}')).not.toBeNull();
    expect(read('{"a":{"b":1,"c":2,"d":3},"e":{"f":4,"g":5,"h":6,"i":7}}')).toBeNull();
  });
});

describe("a body is refused", () => {
  test.each([
    ["with a name said twice", '{"a":1,"a":2}'],
    ["with a name said twice in other letters", String.raw`{"a":1,"\u0061":2}`],
    ["with a name said twice further in", '{"x":{"a":1,"a":1}}'],
    ["with a byte order mark", '\uFEFF{"a":1}'],
    ["with half a character", String.raw`{"a":"\ud83d"}`],
    ["with half a character in a name", String.raw`{"\udc4b":"a"}`],
    ["with NUL", String.raw`{"a":"b\u0000"}`],
    ["with two documents", "{}{}"],
    ["with a trailing comma", '{"a":1,}'],
    ["with a comment", "{/**/}"],
    ["with nothing", ""],
    ["with what only looks like a number", '{"a":NaN}'],
    ["ten thousand deep", nested(10_000)],
  ])("%s", (_, text) => {
    expect(read(text)).toBeNull();
  });

  test("with bytes that are no UTF-8", () => {
    expect(readForm(Uint8Array.from([0x22, 0xff, 0x22]))).toBeNull();
    // An overlong slash (RFC 3629 section 3).
    expect(readForm(Uint8Array.from([0x22, 0xc0, 0xaf, 0x22]))).toBeNull();
    expect(readForm(new Uint8Array(new Uint16Array([0x7b, 0x7d]).buffer))).toBeNull();
  });
});
