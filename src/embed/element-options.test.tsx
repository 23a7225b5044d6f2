// @vitest-environment jsdom
import { act } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { MfaEnrollmentElement, MfaSettingsElement } from "./element-door.ts";
import { defineElements, MfaElement } from "./element.tsx";
import type { MfaOptions } from "./react.tsx";

/* What an element gives to what is in it, and what it tells; what is in it here keeps its options and draws nothing. */

const drawn: MfaOptions[] = [];
class StandIn extends MfaElement {
  protected readonly guest = (options: MfaOptions) => {
    drawn.push(options);
    return null;
  };
}

/** As a page has it that sets the options before the script is there. */
const early = Object.assign(document.createElement("mfa-stand-in"), { options: { siteName: "Early" } });
document.body.append(early);
customElements.define("mfa-stand-in", StandIn);

let element: StandIn;
beforeEach(() => {
  element = new StandIn();
});
afterEach(() => {
  document.body.replaceChildren();
  document.documentElement.removeAttribute("lang");
});

const put = (one: Element = element, where: ParentNode = document.body) => act(async () => where.append(one));
const given = () => drawn.at(-1) ?? {};
const set = (name: string, value: string) => act(async () => element.setAttribute(name, value));
const unset = (name: string) => act(async () => element.removeAttribute(name));

test("options that were set before the script came are taken", async () => {
  expect(early).toBeInstanceOf(StandIn);
  expect(drawn.some(({ siteName }) => siteName === "Early")).toBe(true);
  await act(async () => {
    early.options = { siteName: "Late" };
  });
  expect(drawn.some(({ siteName }) => siteName === "Late")).toBe(true);
});

test.each([
  ["base-url", "baseUrl"],
  ["locale", "locale"],
  ["default-region", "defaultRegion"],
  ["default-email", "defaultEmail"],
  ["site-name", "siteName"],
  ["account-name", "accountName"],
  ["return-to", "returnTo"],
] as const)("%s changes %s while it is there, wins over the options and gives way to them", async (name, option) => {
  element.options = { [option]: "from the options" };
  await put();
  expect(given()[option]).toBe("from the options");
  await set(name, "from the attribute");
  expect(given()[option]).toBe("from the attribute");
  await unset(name);
  expect(given()[option]).toBe("from the options");
  await act(async () => {
    element.options = {};
  });
  expect(given()[option]).toBeUndefined();
});

test.each([
  ["hides-recovery-code", "hidesRecoveryCode"],
  ["asks-recovery-code-back", "asksRecoveryCodeBack"],
] as const)("%s is on without a value, off as false, and otherwise %s of the options", async (name, option) => {
  element.options = { [option]: true };
  await put();
  await set(name, "false");
  expect(given()[option]).toBe(false);
  await set(name, "");
  expect(given()[option]).toBe(true);
  element.options = { [option]: false };
  await unset(name);
  expect(given()[option]).toBe(false);
});

test("without a locale it speaks as what it stands in does", async () => {
  document.documentElement.lang = "de";
  await put();
  expect(given().locale).toBe("de");
  await set("lang", "fr");
  expect(given().locale).toBe("fr");
  await act(async () => {
    element.options = { locale: "it" };
  });
  expect(given().locale).toBe("it");
  await set("locale", "es");
  expect(given().locale).toBe("es");
});

test("a session that the page has brought is where it begins once, and not when it is put in again", async () => {
  // Nothing looks into it here.
  const initialView = {} as NonNullable<MfaOptions["initialView"]>;
  element.options = { initialView };
  await put();
  await set("site-name", "Larkmoor");
  expect(given().initialView).toBe(initialView);
  await act(async () => {
    element.remove();
    await new Promise((done) => setTimeout(done));
  });
  await put();
  expect(given().initialView).toBeUndefined();
});

test.each([
  ["mfa-enrolled", "onEnrolled", { channel: "sms", replaced: true }],
  ["mfa-removed", "onRemoved", { channels: ["email"] }],
  ["mfa-stopped", "onStopped", { code: "too_many_attempts" }],
  ["mfa-close", "onClose", null],
] as const)(
  "%s is heard once by the page, out of another shadow root, with what %s is told",
  async (type, name, news) => {
    const told = vi.fn<(...news: unknown[]) => void>();
    const heard: Event[] = [];
    const listen = (event: Event) => heard.push(event);
    document.addEventListener(type, listen);
    element.options = { [name]: told };
    const host = document.body.appendChild(document.createElement("div"));
    await put(element, host.attachShadow({ mode: "open" }));
    // Each is called as the component calls it: with its news, where it has any.
    const tell = given()[name] as (...news: unknown[]) => void;
    tell(...(news === null ? [] : [news]));
    document.removeEventListener(type, listen);
    expect(told.mock.calls).toEqual([news === null ? [] : [news]]);
    expect(heard).toMatchObject([{ type, detail: news, bubbles: true, composed: true, cancelable: false }]);
  },
);

test("both elements are there, and to register them again keeps the first", () => {
  expect([customElements.get("mfa-settings"), customElements.get("mfa-enrollment")]).toEqual([
    MfaSettingsElement,
    MfaEnrollmentElement,
  ]);
  expect(() => defineElements()).not.toThrow();
});
