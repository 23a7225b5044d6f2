// @vitest-environment jsdom
import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { expect, it } from "vitest";
import type { Problem } from "../../contract/problem.ts";
import { en } from "../messages/en.ts";
import { enLater } from "../messages/en-later.ts";
import { createMessages, MessagesProvider } from "../messages/messages.ts";
import { CodeForm, type CodeFormProps } from "./code-form.tsx";
import { LiveRegion, SayProvider, useSaid } from "./saying.tsx";

const messages = createMessages({ ...en, ...enLater });
const INCOMPLETE = "Enter all six digits.";

function Page(props: Partial<CodeFormProps>) {
  const [said, say] = useSaid();
  const none = { headingId: "heading", triesId: "tries", problem: null, busy: false, sentAt: 1, onCode: () => {} };
  return (
    <MessagesProvider value={messages}>
      <SayProvider value={say}>
        <CodeForm {...none} {...props} />
      </SayProvider>
      <LiveRegion {...said} />
    </MessagesProvider>
  );
}

function setUp() {
  const given: string[] = [];
  const onCode = (code: string) => void given.push(code);
  const { rerender, unmount } = render(<Page onCode={onCode} />);
  const again = (props: Partial<CodeFormProps>) => rerender(<Page onCode={onCode} {...props} />);
  return { person: userEvent.setup(), given, again, unmount };
}

const field = () => screen.getByRole<HTMLInputElement>("textbox", { name: "Six-digit code" });
const complains = () => screen.queryByText(INCOMPLETE, { selector: "p" }) !== null;
const wrongCode: Problem = {
  type: "urn:mfa-enroll:problem:wrong_code",
  title: "",
  status: 422,
  code: "wrong_code",
  correlationId: "c",
  attemptsLeft: 2,
};

it("someone who sends too few digits is led to the field, and hears it again each time, until they send all of them", async () => {
  const { person, given } = setUp();
  await person.type(field(), "12345");
  await person.click(screen.getByRole("button", { name: "Confirm" }));
  expect(document.activeElement).toBe(field());
  expect(screen.getByRole("textbox", { description: new RegExp(`^${INCOMPLETE}`) })).toBe(field());
  expect(screen.getByRole("status").textContent).toBe("");
  await person.keyboard("{Enter}");
  await waitFor(() => expect(screen.getByRole("status").textContent).toBe(INCOMPLETE));
  await person.keyboard("{Backspace}");
  expect(complains()).toBe(true);
  await person.keyboard("56");
  expect(given).toEqual(["123456"]);
  expect(complains()).toBe(false);
});

it("a code is typed with blanks, corrected in its middle and sent once, and stands in no attribute", async () => {
  const { person, given } = setUp();
  await person.type(field(), "12 3a5");
  expect(field().value).toBe("1235");
  await person.type(field(), "4", { initialSelectionStart: 3, initialSelectionEnd: 3 });
  expect([field().value, field().selectionStart]).toEqual(["12345", 4]);
  await person.type(field(), "67");
  expect([field().value, given]).toEqual(["123456", ["123456"]]);
  expect(field().outerHTML).not.toContain("12");
});

it("nothing is sent while something is on its way, and the same code after that", async () => {
  const { person, given, again } = setUp();
  again({ busy: true });
  await person.type(field(), "123456{Enter}");
  expect(given).toEqual([]);
  // Nor does the browser leave the page for it.
  expect(fireEvent.submit(field())).toBe(false);
  again({ busy: false });
  await person.type(field(), "{Enter}");
  expect(given).toEqual(["123456"]);
});

it("a code that is known to be wrong is not sent by typing it again: its refusal is said again", async () => {
  const { person, given, again } = setUp();
  await person.type(field(), "123456");
  again({ problem: wrongCode });
  await waitFor(() => expect(screen.getByRole("status").textContent).toMatch(/^That code didn’t match/));
  const heard: (string | null)[] = [];
  const told = new MutationObserver(() => heard.push(screen.getByRole("status").textContent));
  told.observe(screen.getByRole("status"), { childList: true, subtree: true, characterData: true });
  await person.type(field(), "123456", { initialSelectionStart: 0, initialSelectionEnd: 6 });
  await waitFor(() => expect(heard.filter(Boolean)).toHaveLength(1));
  expect([field().selectionStart, field().selectionEnd, given]).toEqual([0, 6, ["123456"]]);
  told.disconnect();
});

it("another message empties the field and forgets what was sent", async () => {
  const { person, given, again } = setUp();
  await person.type(field(), "123456");
  again({ sentAt: 2 });
  expect(field().value).toBe("");
  await person.type(field(), "12{Enter}");
  expect(complains()).toBe(true);
  again({ sentAt: 3 });
  expect([field().value, complains()]).toEqual(["", false]);
  await person.type(field(), "123456");
  expect(given).toEqual(["123456", "123456"]);
});

it("a field that is taken off the screen holds nothing, even for who still has it", async () => {
  const { person, unmount } = setUp();
  await person.type(field(), "1234");
  const kept = field();
  unmount();
  expect(kept.value).toBe("");
  expect(kept.outerHTML).not.toContain("12");
});
