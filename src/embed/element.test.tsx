// @vitest-environment jsdom
import { within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { afterEach, beforeAll, expect, test, vi } from "vitest";
import { MfaEnrollmentElement, MfaSettingsElement } from "./element-door.ts";
import type { MfaOptions } from "./react.tsx";
import { codeView, MAILBOX, scriptBff, SERVER_NOW, view } from "./scripted-bff.ts";

beforeAll(() => {
  // Nothing here is drawn by the test library: an element draws when the page says so.
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: false });
});
afterEach(async () => {
  document.body.replaceChildren();
  await timers();
});

type Bff = ReturnType<typeof scriptBff>;

const EVENTS = ["mfa-enrolled", "mfa-removed", "mfa-stopped", "mfa-close"];
const enrolled = view({ authenticators: { items: [MAILBOX], knownAt: SERVER_NOW } });

/** Lets the timer run that takes out what an element held. */
const timers = () => new Promise<void>((done) => setTimeout(done, 0));

/** Puts an element into the page, before a server; `isLight`: drawn in the page's own tree, where typing is imitated better. */
function put(bff: Bff, element: MfaSettingsElement | MfaEnrollmentElement, isLight = false, more: MfaOptions = {}) {
  element.toggleAttribute("light-dom", isLight);
  element.options = { fetch: bff.fetch, now: () => SERVER_NOW, navigate: () => {}, returnTo: "/", ...more };
  const heard: string[] = [];
  for (const type of EVENTS) element.addEventListener(type, () => heard.push(type));
  document.body.append(element);
  // Its contents, wherever they are: the query library wants an element, and both have a single one.
  const on = () => within((element.shadowRoot ?? element).firstElementChild as HTMLElement);
  const codeField = () => on().findByRole<HTMLInputElement>("textbox", { name: "Six-digit code" });
  return { element, heard, on, codeField };
}

const readings = (bff: Bff) => bff.calls.length - bff.sent().length;

/** Removes the one method that is listed. */
async function removeOn({ on }: ReturnType<typeof put>, bff: Bff) {
  const person = userEvent.setup();
  await person.click(await on().findByRole("button", { name: /^Remove/ }));
  bff.answers("POST /authenticators/remove", { view: view() });
  await person.click(await on().findByRole("button", { name: "Remove" }));
}

test("of two panels on a page the one that acted tells, the other sees it, and nothing is sent twice", async () => {
  const bff = scriptBff(enrolled);
  const one = put(bff, new MfaSettingsElement());
  const other = put(bff, new MfaSettingsElement());
  const onPage = vi.fn<(event: Event) => void>();
  document.body.addEventListener("mfa-removed", onPage);
  await one.on().findByText("r•••@mail.example");
  await removeOn(other, bff);
  await vi.waitFor(() => expect(one.on().queryByText("r•••@mail.example")).toBeNull());
  expect(bff.sent()).toHaveLength(1);
  expect([one.heard, other.heard]).toEqual([[], ["mfa-removed"]]);
  expect(onPage.mock.calls.map(([{ target }]) => target)).toEqual([other.element]);
});

test("a wizard beside a panel stays where it is while somebody removes a method there", async () => {
  const bff = scriptBff(enrolled);
  const wizard = put(bff, new MfaEnrollmentElement());
  const panel = put(bff, new MfaSettingsElement());
  await wizard.on().findByRole("radio", { name: "Email" });
  await removeOn(panel, bff);
  await panel.on().findByText(/^You have no sign-in methods yet\./);
  expect(wizard.on().getByRole("radio", { name: "Email" })).toBeDefined();
  expect([wizard.heard, panel.heard]).toEqual([[], ["mfa-removed"]]);
  expect(bff.sent()).toHaveLength(1);
});

test("two elements in the page's own tree have no id in common", async () => {
  const bff = scriptBff(codeView());
  const one = put(bff, new MfaSettingsElement(), true);
  const other = put(bff, new MfaEnrollmentElement(), true);
  await one.codeField();
  await other.codeField();
  const ids = [...document.querySelectorAll("[id]")].map(({ id }) => id);
  expect(ids.length).toBeGreaterThan(4);
  expect(new Set(ids).size).toBe(ids.length);
});

test.each([
  ["a shadow root", false],
  ["the page's own tree", true],
] as const)("an element in %s that is moved at the code keeps it and asks nothing", async (_, isLight) => {
  const bff = scriptBff(codeView());
  const { element, heard, codeField } = put(bff, new MfaSettingsElement(), isLight);
  const field = await codeField();
  await userEvent.type(field, "1234");
  const before = bff.calls.length;
  const elsewhere = document.body.appendChild(document.createElement("div"));
  elsewhere.append(element);
  await timers();
  document.body.insertBefore(element, elsewhere);
  await timers();
  expect(await codeField()).toBe(field);
  expect(field.value).toBe("1234");
  bff.answers("POST /enrollment/confirm", { view: enrolled });
  await userEvent.type(field, "56");
  await vi.waitFor(() => expect(heard).toEqual(["mfa-enrolled"]));
  expect(bff.calls.slice(before).map(({ route }) => route)).toEqual(["POST /enrollment/confirm"]);
});

test("an element that is put in again later comes back to its step, sends nothing for it and tells once", async () => {
  const bff = scriptBff(view());
  const { element, heard, on, codeField } = put(bff, new MfaSettingsElement(), true, { initialView: view() });
  const person = userEvent.setup();
  bff.answers("POST /enrollment", { view: codeView() });
  await person.click(await on().findByRole("button", { name: "Add a method" }));
  await person.click(await on().findByRole("radio", { name: "Email" }));
  await person.click(on().getByRole("button", { name: "Continue" }));
  await person.type(await on().findByRole("textbox", { name: "Email address" }), "river@mail.example");
  await person.click(on().getByRole("button", { name: "Email me a code" }));
  await codeField();

  for (let times = 0; times < 3; times += 1) {
    const before = readings(bff);
    element.remove();
    await timers();
    expect(element.textContent).toBe("");
    document.body.append(element);
    await codeField();
    expect(readings(bff)).toBe(before + 1);
  }
  expect(bff.sent().map(({ route }) => route)).toEqual(["POST /enrollment"]);
  bff.answers("POST /enrollment/confirm", { view: enrolled });
  await person.type(await codeField(), "123456");
  await on().findByRole("heading", { name: "You’re all set" });
  expect(heard).toEqual(["mfa-enrolled"]);
  expect(bff.sent()).toHaveLength(2);
});

test("an element that was in a shadow root stays in it, whatever it is told of the page's tree later", async () => {
  const bff = scriptBff(view());
  const { element, on } = put(bff, new MfaSettingsElement());
  await on().findByRole("button", { name: "Add a method" });
  element.remove();
  await timers();
  element.setAttribute("light-dom", "");
  document.body.append(element);
  expect(await on().findByRole("button", { name: "Add a method" })).toBeDefined();
});
