// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import type { ReactNode } from "react";
import { afterEach, expect, it, vi } from "vitest";
import type { Problem } from "../../contract/problem.ts";
import { en } from "../messages/en.ts";
import { enLater } from "../messages/en-later.ts";
import { createMessages, MessagesProvider } from "../messages/messages.ts";
import { LiveRegion, SayProvider, useSaid } from "../parts/saying.tsx";
import type { GivenContact } from "./contact-screen.ts";
import { EnterPhone, type EnterPhoneProps } from "./enter-phone.tsx";

afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

const messages = createMessages({ ...en, ...enLater });

function Root({ children }: { children: ReactNode }) {
  const [said, say] = useSaid();
  return (
    <MessagesProvider value={messages}>
      <SayProvider value={say}>{children}</SayProvider>
      <LiveRegion {...said} />
    </MessagesProvider>
  );
}

function setUp(props: Partial<EnterPhoneProps> = {}) {
  const given: GivenContact[] = [];
  const page = (more: Partial<EnterPhoneProps> = {}) => (
    <Root>
      <EnterPhone
        channel="sms"
        initialContact=""
        defaultRegion="US"
        busy={false}
        problem={null}
        siblingOffered={true}
        policy={null}
        onSubmit={(contact) => given.push(contact)}
        onLeave={() => undefined}
        onBack={undefined}
        onCancel={() => {}}
        {...props}
        {...more}
      />
    </Root>
  );
  const { rerender } = render(page());
  return { person: userEvent.setup(), given, again: (more: Partial<EnterPhoneProps>) => rerender(page(more)) };
}

const number = () => screen.getByRole<HTMLInputElement>("textbox", { name: "Phone number" });
const country = () => screen.getByRole<HTMLInputElement>("combobox", { name: "Country or region" });
const press = (name: string) => screen.getByRole("button", { name });

it("someone types a number of their country and it is sent as E.164", async () => {
  const { person, given } = setUp();
  await person.type(number(), "2025550123");
  await waitFor(() => expect(number()).toHaveProperty("value", "(202) 555-0123"));
  await person.click(press("Text me a code"));
  await waitFor(() => expect(given).toEqual([{ channel: "sms", contact: "+12025550123" }]));
});

it("someone types +44 and the country follows by itself", async () => {
  const { person, given } = setUp();
  await person.type(number(), "+44");
  expect(country().value).toBe("United Kingdom, +44");
  await person.type(number(), "7400123456{Enter}");
  await waitFor(() => expect(given).toEqual([{ channel: "sms", contact: "+447400123456" }]));
  expect(number().value).toBe("+44 7400 123456");
});

it("someone in the United States dials 011 and takes it back: the country comes and goes with it", async () => {
  const { person, given } = setUp();
  await person.type(number(), "202");
  await waitFor(() => expect(number().value).toBe("(202"));
  await person.clear(number());
  await person.type(number(), "01144");
  expect(country().value).toBe("United Kingdom, +44");
  await person.type(number(), "7400123456{Enter}");
  await waitFor(() => expect(given).toEqual([{ channel: "sms", contact: "+447400123456" }]));
  await person.clear(number());
  expect(country().value).toBe("United States, +1");
});

it("someone pastes a number with (0) and it is understood and left as it was", async () => {
  const { person, given } = setUp();
  await person.click(number());
  await person.paste("+44 (0)7400 123456");
  expect(number().value).toBe("+44 (0)7400 123456");
  await person.keyboard("{Enter}");
  await waitFor(() => expect(given).toEqual([{ channel: "sms", contact: "+447400123456" }]));
});

it("someone hears what is wrong with the number after leaving the field, not while typing", async () => {
  const { person, given } = setUp({ defaultRegion: "DE" });
  await person.type(number(), "0170 123");
  expect(screen.queryByText("This number is too short for Germany.")).toBeNull();
  await person.tab();
  await screen.findByText("This number is too short for Germany.", { selector: "p" });
  expect(number().getAttribute("aria-invalid")).toBe("true");
  expect(
    screen.getByRole("textbox", {
      name: "Phone number",
      description: /^This number is too short for Germany\. We’ll text a code/,
    }),
  ).toBe(number());
  await waitFor(() => expect(screen.getByRole("status").textContent).toBe("This number is too short for Germany."));
  expect(given).toEqual([]);
});

it("someone who sends an empty field is led to it and told what to do", async () => {
  const { person, given } = setUp();
  await person.click(press("Text me a code"));
  await screen.findByRole("textbox", { name: "Phone number", description: /^Enter a phone number\./ });
  expect(document.activeElement).toBe(number());
  expect(screen.getByRole("status").textContent).toBe("");
  await person.keyboard("{Enter}");
  await waitFor(() => expect(screen.getByRole("status").textContent).toBe("Enter a phone number."));
  expect(given).toEqual([]);
});

it("someone with a landline is offered a call, with the number kept", async () => {
  const { person, given } = setUp({ defaultRegion: "GB" });
  await person.type(number(), "020 7946 0123{Enter}");
  await screen.findByRole("textbox", {
    description:
      /^This looks like a landline in the United Kingdom, which can’t get texts\. Shall we call it instead\?/,
  });
  await person.click(press("Call this number instead"));
  await waitFor(() => expect(given).toEqual([{ channel: "voice", contact: "+442079460123" }]));
  expect(number().value).toBe("020 7946 0123");
});

it("someone with a landline is not offered a call where calls are off", async () => {
  const { person } = setUp({ defaultRegion: "GB", siblingOffered: false });
  await person.type(number(), "020 7946 0123{Enter}");
  await screen.findByRole("textbox", {
    description: /^This is a landline in the United Kingdom, which can’t get texts\./,
  });
  expect(screen.queryByRole("button", { name: "Call this number instead" })).toBeNull();
});

it("someone with a landline chooses to be called in the first place", async () => {
  const { person, given } = setUp({ defaultRegion: "GB", channel: "voice" });
  expect(screen.getByRole("textbox", { description: /Your carrier may charge for calls\.$/ })).toBe(number());
  await person.type(number(), "020 7946 0123");
  await person.click(press("Call me with a code"));
  await waitFor(() => expect(given).toEqual([{ channel: "voice", contact: "+442079460123" }]));
});

it("what the service refuses stands beside the number until it is changed", async () => {
  const { person, given, again } = setUp();
  await person.type(number(), "2025550123{Enter}");
  await waitFor(() => expect(given).toHaveLength(1));
  const problem: Problem = {
    type: "urn:mfa-enroll:problem:invalid_phone",
    title: "",
    status: 422,
    code: "invalid_phone",
    correlationId: "c",
    reason: "premium",
    region: "US",
    channel: "sms",
  };
  again({ problem });
  expect(
    screen.getByRole("textbox", {
      description: /^This is a premium-rate number in the United States\. Use another one\./,
    }),
  ).toBe(number());
  expect(document.activeElement).toBe(number());
  await person.type(number(), "{Backspace}");
  expect(screen.queryByRole("textbox", { description: /premium-rate/ })).toBeNull();
});

it("someone who comes back finds the number they gave, written in its country's way", async () => {
  setUp({ initialContact: "+4915112345678", defaultRegion: "US" });
  expect(country().value).toBe("Germany, +49");
  await waitFor(() => expect(number().value).toBe("+49 1511 2345678"));
});

it("nobody is given a country that neither host nor browser named", async () => {
  vi.spyOn(navigator, "languages", "get").mockReturnValue(["eo"]);
  const { person, given } = setUp({ defaultRegion: undefined });
  expect(country().value).toBe("");
  expect(country().placeholder).toBe("Choose a country");
  await person.type(number(), "07400123456{Enter}");
  await screen.findByRole("textbox", {
    description: /^We don’t know this country code\. Choose a country from the list\./,
  });
  await person.clear(number());
  await person.type(number(), "+447400123456{Enter}");
  await waitFor(() => expect(given).toEqual([{ channel: "sms", contact: "+447400123456" }]));
});

it("someone's browser region is the country where the host names none", async () => {
  vi.spyOn(navigator, "languages", "get").mockReturnValue(["en", "pt-BR"]);
  setUp({ defaultRegion: undefined });
  await waitFor(() => expect(country().value).toBe("Brazil, +55"));
});

it("someone deletes across a separator, and a digit goes, beside the caret", async () => {
  const { person } = setUp();
  await person.type(number(), "2025550123");
  await waitFor(() => expect(number().value).toBe("(202) 555-0123"));
  number().setSelectionRange(6, 6);
  await person.keyboard("{Backspace}");
  expect(number().value).toBe("(205) 550-123");
  expect(number().selectionStart).toBe(3);
});

it("someone takes an edit back and does it again", async () => {
  const { person } = setUp();
  await person.type(number(), "2025550123");
  await waitFor(() => expect(number().value).toBe("(202) 555-0123"));
  await person.keyboard("{Backspace}{Backspace}");
  expect(number().value).toBe("(202) 555-01");
  await person.keyboard("{Control>}z{/Control}");
  expect(number().value).toBe("(202) 555-012");
  await person.keyboard("{Control>}z{/Control}");
  expect(number().value).toBe("(202) 555-0123");
  await person.keyboard("{Control>}{Shift>}z{/Shift}{/Control}");
  expect(number().value).toBe("(202) 555-012");
});

it("someone composes digits with an input method and is not written over", async () => {
  const { person } = setUp();
  await person.type(number(), "202");
  const input = number();
  fireEvent.input(input, { target: { value: "(202５" }, inputType: "insertCompositionText", isComposing: true });
  expect(input.value).toBe("(202５");
  fireEvent.compositionEnd(input);
  await waitFor(() => expect(input.value).toBe("(202) 5"));
});

it("a browser fills in a whole number, and the country follows", () => {
  setUp();
  fireEvent.input(number(), { target: { value: "+447400123456" } });
  expect(country().value).toBe("United Kingdom, +44");
});

it("a browser that fills in a home country does not change the number's", async () => {
  setUp();
  fireEvent.input(country(), { target: { value: "Germany" } });
  expect(country().value).toBe("United States, +1");
  expect(country().getAttribute("autocomplete")).toBe("off");
  expect(country().getAttribute("name")).toBeNull();
});

it.each([
  ["germ", "Germany, +49"],
  ["CÔTE D", "Côte d’Ivoire, +225"],
  ["uk", "United Kingdom, +44"],
  ["jm", "Jamaica, +1"],
  ["+353", "Ireland, +353"],
  ["0081", "Japan, +81"],
  ["49", "Germany, +49"],
  ["+1", "United States, +1"],
  ["+1 876", "American Samoa, +1"],
  ["de", "Germany, +49"],
  ["DEU", "Germany, +49"],
  ["aut", "Austria, +43"],
  ["england", "United Kingdom, +44"],
  ["holland", "Netherlands, +31"],
  ["turkey", "Türkiye, +90"],
  ["ivory c", "Côte d’Ivoire, +225"],
  ["cote d'ivoire", "Côte d’Ivoire, +225"],
  ["cote divoire", "Côte d’Ivoire, +225"],
  ["saint lu", "St. Lucia, +1"],
  ["u.s.a.", "United States, +1"],
  ["trinidad and t", "Trinidad & Tobago, +1"],
  ["Burma", "Myanmar (Burma), +95"],
  ["deutschl", "Germany, +49"],
  ["polska", "Poland, +48"],
  ["日本", "Japan, +81"],
  ["ελλαδα", "Greece, +30"],
  ["россия", "Russia, +7"],
])("someone searches the country list for %j and takes %s", async (query, name) => {
  // There already when the field asks for it.
  await import("../phone/other-names.ts");
  const { person } = setUp();
  expect(screen.queryAllByRole("option")).toEqual([]);
  await person.click(country());
  expect(screen.getAllByRole("option").length).toBeGreaterThan(240);
  await person.type(country(), query, { initialSelectionStart: 0, initialSelectionEnd: 99 });
  expect(country().getAttribute("aria-expanded")).toBe("true");
  const active = screen.getByRole("option", { selected: true });
  expect(active.textContent).toBe(name);
  expect(country().getAttribute("aria-activedescendant")).toBe(active.id);
  expect(country().getAttribute("aria-controls")).toBe(screen.getByRole("listbox", { name: "Country or region" }).id);
  await person.keyboard("{Enter}");
  expect(country().value).toBe(name);
  expect(screen.queryAllByRole("option")).toEqual([]);
});

it("someone moves through the country list by keys, hears how many are left, and leaves it unchanged", async () => {
  const { person, given } = setUp();
  await person.click(country());
  expect(within(screen.getByRole("listbox")).getByRole("option", { selected: true }).textContent).toBe(
    "United States, +1",
  );
  await person.keyboard("{ArrowUp}");
  expect(screen.getByRole("option", { selected: true }).textContent).toBe("United Kingdom, +44");
  await person.type(country(), "united", { initialSelectionStart: 0, initialSelectionEnd: 99 });
  await waitFor(() => expect(screen.getByRole("status").textContent).toMatch(/^\d countries$/));
  await person.keyboard("{Escape}");
  expect(country().value).toBe("United States, +1");
  await person.type(country(), "xqz", { initialSelectionStart: 0, initialSelectionEnd: 99 });
  expect(screen.getByText("No country matches “xqz”.", { selector: "p" })).toBeTruthy();
  await person.tab();
  expect(country().value).toBe("United States, +1");
  expect(given).toEqual([]);
});

it("someone chooses another country, and the calling code they typed is exchanged", async () => {
  const { person } = setUp();
  await person.type(number(), "+44 7400 123456");
  await person.click(country());
  await person.click(screen.getByRole("option", { name: "Germany, +49" }));
  expect(number().value.replace(/ /g, "")).toBe("+497400123456");
  expect(country().value).toBe("Germany, +49");
});

it("someone who presses twice sends once", async () => {
  const { person, given, again } = setUp();
  await person.type(number(), "2025550123");
  fireEvent.click(press("Text me a code"));
  fireEvent.click(press("Text me a code"));
  await waitFor(() => expect(given.length).toBeGreaterThan(0));
  await person.hover(press("Cancel"));
  expect(given).toHaveLength(1);
  again({ busy: true });
  await person.click(press("Text me a code"));
  await person.type(number(), "{Enter}");
  expect(given).toHaveLength(1);
});

it("someone hears nothing about the number while they press a button, so that it stays under their finger", async () => {
  const { person } = setUp({ defaultRegion: "DE" });
  await person.type(number(), "0170 123");
  await person.pointer({ keys: "[MouseLeft>]", target: press("Cancel") });
  expect(document.activeElement).not.toBe(number());
  await Promise.resolve();
  expect(screen.queryByText("This number is too short for Germany.")).toBeNull();
});
