// @vitest-environment jsdom
import { afterEach, expect, test, vi } from "vitest";
import { fillCode, readTextedCode, type TextedCodes } from "./web-otp.ts";

afterEach(() => document.body.replaceChildren());

function field(value: string): { readonly input: HTMLInputElement; readonly heard: string[] } {
  const input = document.body.appendChild(document.createElement("input"));
  input.setAttribute("autocomplete", "one-time-code");
  input.value = value;
  const heard: string[] = [];
  document.body.addEventListener("input", () => heard.push(input.value), { once: true });
  return { input, heard };
}

test("the code of a text is asked for as a text and handed over", async () => {
  const get = vi.fn<TextedCodes["get"]>(async () => ({ type: "otp", code: "123456" }));
  const { signal } = new AbortController();
  expect(await readTextedCode({ get }, signal)).toBe("123456");
  expect(get.mock.calls).toEqual([[{ otp: { transport: ["sms"] }, signal }]]);
});

test.each([
  ["declines", async () => Promise.reject(new DOMException("no", "NotAllowedError"))],
  ["has nothing", async () => null],
  ["hands over something else", async () => ({ code: 123_456 })],
])("nothing is filled in where the person or the browser %s", async (_, get) => {
  expect(await readTextedCode({ get }, new AbortController().signal)).toBeNull();
});

test("a code that comes after the waiting has ended is nobody's", async () => {
  const waiting = new AbortController();
  const get = async () => {
    waiting.abort();
    return { code: "123456" };
  };
  expect(await readTextedCode({ get }, waiting.signal)).toBeNull();
});

test("the code is written as the browser itself would fill it in, and what somebody types stays", () => {
  const { input, heard } = field("");
  fillCode(document.body, "123456");
  expect([input.value, heard]).toEqual(["123456", ["123456"]]);
  fillCode(document.body, "654321");
  expect(input.value).toBe("123456");
});
