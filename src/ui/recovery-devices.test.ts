// @vitest-environment jsdom
import { afterEach, expect, test, vi } from "vitest";
import { browserDevices } from "./recovery-devices.ts";

const CODE = "ABCD EFGH JKLM";
const sheets = () => [...document.querySelectorAll("iframe")];
const inDocument = () => sheets().some((sheet) => sheet.contentDocument?.body.textContent.includes(CODE) === true);

/** A browser that prints, and says nothing of the end of it. */
function silentPrinter() {
  const print = vi.fn<() => void>();
  const window = Object.assign(new EventTarget(), { print });
  vi.spyOn(HTMLIFrameElement.prototype, "contentWindow", "get").mockReturnValue(
    Object.assign(Object.create(null), {
      print,
      addEventListener: window.addEventListener.bind(window),
    }),
  );
  return { print, ends: () => window.dispatchEvent(new Event("afterprint")) };
}

afterEach(() => {
  vi.restoreAllMocks();
  document.body.replaceChildren();
});

test("a printed code is in one sheet at most, and in none once its screen is left", () => {
  const { print } = silentPrinter();
  const devices = browserDevices();
  expect(devices.print(["Recovery code", CODE], { locale: "ar", direction: "rtl" })).toBe(true);
  expect(devices.print(["Recovery code", CODE])).toBe(true);
  expect(print).toHaveBeenCalledTimes(2);
  expect(sheets()).toHaveLength(1);
  expect(inDocument()).toBe(true);
  devices.forget?.();
  expect(sheets()).toHaveLength(0);
});

test("a sheet is written in the language and direction of the page", () => {
  silentPrinter();
  browserDevices().print(["رمز الاسترداد", CODE], { locale: "ar", direction: "rtl" });
  const root = sheets()[0]?.contentDocument?.documentElement;
  expect([root?.lang, root?.dir]).toEqual(["ar", "rtl"]);
});

test("a sheet is gone when its printing is over, and when the page is left", () => {
  const printer = silentPrinter();
  browserDevices().print(["Recovery code", CODE]);
  printer.ends();
  expect(sheets()).toHaveLength(0);
  browserDevices().print(["Recovery code", CODE]);
  window.dispatchEvent(new Event("pagehide"));
  expect(sheets()).toHaveLength(0);
});
