// @vitest-environment jsdom
import { render, screen, waitFor } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import type { ReactNode } from "react";
import { afterEach, describe, expect, it, vi } from "vitest";
import { DEFAULT_PHONE_POLICY, type PhonePolicy } from "../../contract/phone-policy.ts";
import type { PhoneReason, Problem } from "../../contract/problem.ts";
import { en } from "../messages/en.ts";
import { enLater } from "../messages/en-later.ts";
import { createMessages, MessagesProvider } from "../messages/messages.ts";
import { LiveRegion, SayProvider, useSaid } from "../parts/saying.tsx";
import type { GivenContact } from "./contact-screen.ts";
import { EnterPhone, type EnterPhoneProps } from "./enter-phone.tsx";

afterEach(() => vi.restoreAllMocks());

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

/** Opens the screen of a host that texts and calls these countries; `all` where nothing is said. */
function open(countries: { sms?: readonly string[]; voice?: readonly string[] }, props: Partial<EnterPhoneProps> = {}) {
  const given: GivenContact[] = [];
  const policy: PhonePolicy = {
    sms: { ...DEFAULT_PHONE_POLICY.sms, countries: countries.sms ?? "all" },
    voice: { ...DEFAULT_PHONE_POLICY.voice, countries: countries.voice ?? "all" },
  };
  render(
    <Root>
      <EnterPhone
        channel="sms"
        initialContact=""
        defaultRegion="US"
        busy={false}
        problem={null}
        siblingOffered={true}
        policy={policy}
        onSubmit={(contact) => given.push(contact)}
        onLeave={() => undefined}
        onBack={undefined}
        onCancel={() => {}}
        {...props}
      />
    </Root>,
  );
  return { person: userEvent.setup(), given };
}

const number = () => screen.getByRole<HTMLInputElement>("textbox", { name: "Phone number" });
const country = () => screen.getByRole<HTMLInputElement>("combobox", { name: "Country or region" });
const complaint = (sentence: string) =>
  screen.findByRole("textbox", { name: "Phone number", description: (text) => text.startsWith(sentence) });
const listed = () => screen.getAllByRole("option").map(({ textContent }) => textContent);

describe("the country list of a host that serves some countries", () => {
  it("has those and no other, in the order of their names", async () => {
    const { person } = open({ sms: ["US", "DE", "CA"] });
    await person.click(country());
    expect(listed()).toEqual(["Canada, +1", "Germany, +49", "United States, +1"]);
    expect(screen.getByRole("option", { selected: true }).textContent).toBe("United States, +1");
  });

  it("does not find the others", async () => {
    const { person } = open({ sms: ["US", "DE", "CA"] });
    await person.click(country());
    await person.type(country(), "jamaica", { initialSelectionStart: 0, initialSelectionEnd: 99 });
    expect(screen.getByText("No country matches “jamaica”.", { selector: "p" })).toBeTruthy();
    await person.tab();
    expect(country().value).toBe("United States, +1");
  });

  it("is the channel's own", async () => {
    const { person } = open({ sms: ["US"], voice: ["US", "JM"] }, { channel: "voice" });
    await person.click(country());
    expect(listed()).toEqual(["Jamaica, +1", "United States, +1"]);
  });

  it.each([
    [["DE", "AT"], "FR", "Germany, +49"],
    [["DE", "AT"], "AT", "Austria, +43"],
    [["CH"], undefined, "Switzerland, +41"],
  ])("of %j begins, where the host's hint is %s, with %s", async (sms, defaultRegion, shown) => {
    vi.spyOn(navigator, "languages", "get").mockReturnValue(["en-US"]);
    open({ sms }, { defaultRegion });
    await waitFor(() => expect(country().value).toBe(shown));
  });

  it("leaves a number that is there already its own country", async () => {
    open({ sms: ["DE"] }, { initialContact: "+447400123456" });
    await waitFor(() => expect(number().value).toBe("+44 7400 123456"));
    expect(country().value).toBe("United Kingdom, +44");
  });
});

describe("a number of a country that is not served", () => {
  it("is refused with its own country's name", async () => {
    const { person, given } = open({ sms: ["US"], voice: ["US"] });
    await person.type(number(), "876 210 1234{Enter}");
    await complaint("We can’t text numbers in Jamaica. Use another one.");
    expect(screen.queryByRole("button", { name: /instead/ })).toBeNull();
    expect(given).toEqual([]);
  });

  it("is called instead by one button where calls go there, and stays as it was typed", async () => {
    const { person, given } = open({ sms: ["US"], voice: ["US", "GB"] });
    await person.type(number(), "+44 7400 123456{Enter}");
    await complaint("We can’t text numbers in the United Kingdom. Shall we call it instead?");
    await person.click(screen.getByRole("button", { name: "Call this number instead" }));
    await waitFor(() => expect(given).toEqual([{ channel: "voice", contact: "+447400123456" }]));
    expect(number().value).toBe("+44 7400 123456");
  });

  it("is texted instead where only texts go there", async () => {
    const { person, given } = open({ voice: ["US"] }, { channel: "voice" });
    await person.type(number(), "+44 7400 123456{Enter}");
    await complaint("We can’t call numbers in the United Kingdom. Shall we text it instead?");
    await person.click(screen.getByRole("button", { name: "Text this number instead" }));
    await waitFor(() => expect(given).toEqual([{ channel: "sms", contact: "+447400123456" }]));
  });

  it("is not led to a text where it is a landline", async () => {
    const { person } = open({ voice: ["US"] }, { channel: "voice" });
    await person.type(number(), "+44 20 7946 0123{Enter}");
    await complaint("We can’t call numbers in the United Kingdom. Use another one.");
    expect(screen.queryByRole("button", { name: /instead/ })).toBeNull();
  });
});

it("a landline is not led to a call where calls do not go to its country", async () => {
  const { person } = open({ voice: ["US"] });
  await person.type(number(), "+44 20 7946 0123{Enter}");
  await complaint("This is a landline in the United Kingdom, which can’t get texts.");
  expect(screen.queryByRole("button", { name: /instead/ })).toBeNull();
});

describe("what the service refuses", () => {
  const problem = (reason: PhoneReason, region: string | null): Problem => ({
    type: "urn:mfa-enroll:problem:invalid_phone",
    title: "",
    status: 422,
    code: "invalid_phone",
    correlationId: "c",
    reason,
    region,
    channel: "sms",
  });

  it("leads to the other channel as well", async () => {
    const { person, given } = open(
      { sms: ["US"], voice: ["US", "JM"] },
      { initialContact: "+18762101234", problem: problem("country_not_served", "JM") },
    );
    await complaint("We can’t text numbers in Jamaica. Shall we call it instead?");
    await person.click(screen.getByRole("button", { name: "Call this number instead" }));
    await waitFor(() => expect(given).toEqual([{ channel: "voice", contact: "+18762101234" }]));
  });

  it.each([
    [
      "landline",
      "US",
      "This looks like a landline in the United States, which can’t get texts. Shall we call it instead?",
    ],
    ["satellite", null, "This is a satellite phone number. Use another one."],
    ["international_network", null, "This number belongs to an international service, not to a country."],
    ["kind_not_served", "US", "Numbers of this kind can’t be used here. Use another one."],
    ["toll_free", "CA", "This is a toll-free number in Canada. Use another one."],
  ] as const)("is said in its own sentence: %s", async (reason, region, sentence) => {
    open({}, { problem: problem(reason, region) });
    expect(await complaint(sentence)).toBe(number());
  });
});

it.each([
  ["+870 773 111 632", "This is a satellite phone number. Use another one."],
  ["+881 612 345 678", "This is a satellite phone number. Use another one."],
  ["+800 1234 5678", "This number belongs to an international service, not to a country. Use another one."],
  ["+1 900 234 5678", "This is a premium-rate number in the United States. Use another one."],
  ["0800 123 4567", "This is a toll-free number in the United Kingdom. Use another one."],
])("someone who gives %s reads: %s", async (typed, sentence) => {
  const { person, given } = open({}, { defaultRegion: "GB" });
  await person.type(number(), `${typed}{Enter}`);
  await complaint(sentence);
  expect(given).toEqual([]);
});

it("a field that was emptied has a country again that is served", async () => {
  const { person } = open({ sms: ["DE", "FR"] });
  await waitFor(() => expect(country().value).toBe("Germany, +49"));
  await person.type(number(), "+299221234");
  await waitFor(() => expect(country().value).toBe("Greenland, +299"));
  await person.clear(number());
  await waitFor(() => expect(country().value).toBe("Germany, +49"));
});

it("a complaint goes with the country it was about, and with the number, however the field is left", async () => {
  const { person } = open({});
  const premium = "This is a premium-rate number in the United States. Use another one.";
  await person.type(number(), "9005550142");
  await person.tab();
  await complaint(premium);
  await person.click(country());
  await person.click(screen.getByRole("option", { name: "Germany, +49" }));
  await waitFor(() => expect(screen.queryByText(premium, { ignore: ".mfa-spoken *" })).toBeNull());
  await person.clear(number());
  await person.type(number(), "+19005550142");
  await person.tab();
  await complaint(premium);
  await person.clear(number());
  await person.type(number(), "+12025550142");
  // Words are nothing to press: who clicks on them has left the field.
  await person.click(screen.getByRole("heading"));
  await waitFor(() => expect(number().getAttribute("aria-invalid")).toBeNull());
});
