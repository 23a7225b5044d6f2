// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import type { ReactNode } from "react";
import { afterEach, expect, it } from "vitest";
import { en } from "../messages/en.ts";
import { enLater } from "../messages/en-later.ts";
import { createMessages, MessagesProvider } from "../messages/messages.ts";
import { LiveRegion, SayProvider, useSaid } from "../parts/saying.tsx";
import type { ContactScreenProps, GivenContact } from "./contact-screen.ts";
import { EnterEmail } from "./enter-email.tsx";

afterEach(cleanup);

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

function setUp(props: Partial<ContactScreenProps> = {}) {
  const given: GivenContact[] = [];
  const page = (more: Partial<ContactScreenProps> = {}) => (
    <Root>
      <EnterEmail
        channel="email"
        initialContact=""
        defaultRegion={undefined}
        busy={false}
        problem={null}
        siblingOffered={false}
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
  return { person: userEvent.setup(), given, again: (more: Partial<ContactScreenProps>) => rerender(page(more)) };
}

const address = () => screen.getByRole<HTMLInputElement>("textbox", { name: "Email address" });
const press = (name: string) => screen.getByRole("button", { name });

it("someone finds their account's address and sends it as it is", async () => {
  const { person, given } = setUp({ initialContact: "Mira@example.com" });
  expect(address().value).toBe("Mira@example.com");
  await person.click(press("Email me a code"));
  await waitFor(() => expect(given).toEqual([{ channel: "email", contact: "Mira@example.com" }]));
});

it("someone who presses twice sends once", async () => {
  const { person, given } = setUp({ initialContact: "mira@example.com" });
  fireEvent.click(press("Email me a code"));
  fireEvent.click(press("Email me a code"));
  await waitFor(() => expect(given).toHaveLength(1));
  await person.hover(press("Cancel"));
  expect(given).toHaveLength(1);
});

it("someone types an international domain with a blank behind it", async () => {
  const { person, given } = setUp();
  await person.type(address(), "mira@müller.example {Enter}");
  await waitFor(() => expect(given).toEqual([{ channel: "email", contact: "mira@xn--mller-kva.example" }]));
});

it("someone hears what is wrong with the address after leaving the field, not while typing", async () => {
  const { person, given } = setUp();
  await person.type(address(), "mira@example");
  expect(address().getAttribute("aria-invalid")).toBeNull();
  await person.tab();
  await screen.findByRole("textbox", { description: /^Check the part after the @, such as example\.com\./ });
  expect(address().getAttribute("aria-invalid")).toBe("true");
  await waitFor(() =>
    expect(screen.getByRole("status").textContent).toBe("Check the part after the @, such as example.com."),
  );
  await person.click(press("Email me a code"));
  await waitFor(() => expect(document.activeElement).toBe(address()));
  expect(given).toEqual([]);
});

it("someone who slipped is asked whether they meant another address, and takes it", async () => {
  const { person, given } = setUp();
  await person.type(address(), "Mira@gmial.com");
  expect(screen.queryByText("Did you mean Mira@gmail.com?")).toBeNull();
  await person.tab();
  await waitFor(() => expect(screen.getByRole("status").textContent).toBe("Did you mean Mira@gmail.com?"));
  await person.click(press("Use Mira@gmail.com"));
  expect(address().value).toBe("Mira@gmail.com");
  expect(document.activeElement).toBe(address());
  await person.keyboard("{Enter}");
  await waitFor(() => expect(given).toEqual([{ channel: "email", contact: "Mira@gmail.com" }]));
});

it("someone whose provider only looks like a slip is not held up", async () => {
  const { person, given } = setUp();
  await person.type(address(), "mira@gmial.com");
  await person.tab();
  await person.click(press("Email me a code"));
  await waitFor(() => expect(given).toEqual([{ channel: "email", contact: "mira@gmial.com" }]));
});

it("what the service refuses stands beside the address until it is changed", async () => {
  const { person, again } = setUp({ initialContact: "mira@example.com" });
  again({
    problem: {
      type: "urn:mfa-enroll:problem:contact_refused",
      title: "",
      status: 422,
      code: "contact_refused",
      correlationId: "c",
      channel: "email",
    },
  });
  expect(
    screen.getByRole("textbox", { description: /^This address was refused\. Check it, or use another one\./ }),
  ).toBe(address());
  await person.type(address(), "x");
  expect(screen.queryByRole("textbox", { description: /was refused/ })).toBeNull();
});
