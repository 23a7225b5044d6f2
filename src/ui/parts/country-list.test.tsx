// @vitest-environment jsdom
import { render, screen, waitFor } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { useState } from "react";
import { afterEach, expect, it } from "vitest";
import { en } from "../messages/en.ts";
import { enLater } from "../messages/en-later.ts";
import { createMessages, MessagesProvider } from "../messages/messages.ts";
import { fetchOtherNames } from "../phone/countries.ts";
import { CountryList } from "./country-list.tsx";
import { LiveRegion, SayProvider, useSaid } from "./saying.tsx";

const messages = createMessages({ ...en, ...enLater });

/** The fetches of the other names that wait for an answer. */
const asked: { readonly arrive: () => void; readonly fail: () => void }[] = [];
const answer = (how: "arrive" | "fail") => asked.splice(0).forEach((fetch) => fetch[how]());
const names = await fetchOtherNames();
const fetchNames = () =>
  new Promise<typeof names>((resolve, reject) => {
    asked.push({ arrive: () => resolve(names), fail: () => reject(new Error("offline")) });
  });
afterEach(() => void asked.splice(0));

function Page() {
  const [region, setRegion] = useState<string | null>("US");
  const [said, say] = useSaid();
  return (
    <MessagesProvider value={messages}>
      <SayProvider value={say}>
        <CountryList region={region} served="all" onChoose={setRegion} fetchNames={fetchNames} />
      </SayProvider>
      <LiveRegion {...said} />
      <button type="button" onClick={() => setRegion("FR")}>
        Type +33
      </button>
    </MessagesProvider>
  );
}

const country = () => screen.getByRole<HTMLInputElement>("combobox");
const options = () => screen.queryAllByRole("option").map(({ textContent }) => textContent);
const active = () => screen.getByRole("option", { selected: true }).textContent;

async function searching(query: string) {
  render(<Page />);
  expect(asked).toHaveLength(0);
  const person = userEvent.setup();
  const search = (text: string) => person.type(country(), text, { initialSelectionStart: 0, initialSelectionEnd: 99 });
  await search(query);
  expect(asked).not.toHaveLength(0);
  return { person, search };
}

it("someone searches by name, ISO code and calling code before other names are there, and by those once they are", async () => {
  const { search } = await searching("germ");
  expect(options()).toEqual(["Germany, +49"]);
  await search("nl");
  expect(active()).toBe("Netherlands, +31");
  await search("+353");
  expect(active()).toBe("Ireland, +353");
  await search("holland");
  expect(options()).toEqual([]);
  answer("arrive");
  await waitFor(() => expect(options()).toEqual(["Netherlands, +31"]));
  await waitFor(() => expect(screen.getByRole("status").textContent).toBe("1 country"));
  await search("deutschl");
  expect(options()).toEqual(["Germany, +49"]);
  expect(asked).toHaveLength(0);
});

it("someone who moved to a country stays on it when the other names come", async () => {
  const { person } = await searching("uk");
  await person.keyboard("{ArrowDown}");
  expect(active()).toBe("Ukraine, +380");
  answer("arrive");
  await waitFor(() => expect(options()[0]).toBe("United Kingdom, +44"));
  expect(active()).toBe("Ukraine, +380");
});

it("someone who leaves before the other names are there has what the shown names can only mean, at once", async () => {
  const { person } = await searching("germ");
  await person.tab();
  expect(country().value).toBe("Germany, +49");
});

it.each([
  ["holland", "United States, +1", "Netherlands, +31"],
  ["uk", "Ukraine, +380", "United Kingdom, +44"],
])("someone who leaves with %j has what they meant as soon as the other names come", async (query, before, after) => {
  const { person } = await searching(query);
  await person.tab();
  expect(country().value).toBe(before);
  answer("arrive");
  await waitFor(() => expect(country().value).toBe(after));
});

it("a country that a number has named since is not changed by names that come late", async () => {
  const { person, search } = await searching("holland");
  await person.click(screen.getByRole("button", { name: "Type +33" }));
  answer("arrive");
  // Searching shows that they have come.
  await search("holland");
  await waitFor(() => expect(options()).toEqual(["Netherlands, +31"]));
  await person.keyboard("{Escape}");
  expect(country().value).toBe("France, +33");
});

it("someone who searches anew is not interrupted by what they had left the field with", async () => {
  const { person, search } = await searching("holland");
  await person.tab();
  await search("uk");
  answer("arrive");
  await waitFor(() => expect(options()).toEqual(["United Kingdom, +44", "Ukraine, +380"]));
  await person.keyboard("{ArrowDown}");
  expect([country().value, active()]).toEqual(["uk", "Ukraine, +380"]);
});

it("other names that could not be fetched are fetched at the next focus, and nobody is told", async () => {
  const { person, search } = await searching("holland");
  answer("fail");
  await person.keyboard("{Escape}");
  await search("germ");
  expect(options()).toEqual(["Germany, +49"]);
  answer("fail");
  await person.tab();
  expect(asked).toHaveLength(0);
  await waitFor(() => expect(screen.getByRole("status").textContent).toBe("Germany, +49"));
  await search("holland");
  answer("arrive");
  await waitFor(() => expect(options()).toEqual(["Netherlands, +31"]));
});
