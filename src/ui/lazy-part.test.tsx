// @vitest-environment jsdom
import { act, render, screen } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { type ComponentType, StrictMode } from "react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { lazyPart } from "./lazy-part.ts";
import { en } from "./messages/en.ts";
import { createMessages, MessagesProvider } from "./messages/messages.ts";
import { Boundary } from "./parts/boundary.tsx";

const UNREACHABLE = "We couldn’t reach the service. Nothing you entered is lost.";
const Field = () => <input aria-label="Code" />;
const english = createMessages(en);

beforeEach(() => void vi.spyOn(console, "error").mockImplementation(() => {}));
afterEach(() => vi.restoreAllMocks());

/** Shows a part that can be fetched from when the test says so, in as many places as there are names. */
function show(places: readonly string[]) {
  const connection = { isThere: false };
  const load = vi.fn<() => Promise<ComponentType<object>>>(async () => {
    if (!connection.isThere) throw new TypeError("Failed to fetch dynamically imported module");
    return Field;
  });
  const Part = lazyPart(load);
  const readAgain = vi.fn<() => void>();
  render(
    <StrictMode>
      <MessagesProvider value={english}>
        {places.map((place) => (
          <Boundary key={place} onTryAgain={readAgain}>
            <Part />
          </Boundary>
        ))}
      </MessagesProvider>
    </StrictMode>,
  );
  return { connection, load, readAgain };
}

const online = () => act(async () => void window.dispatchEvent(new Event("online")));

test("a part that cannot be fetched is asked for once, however often it is drawn, until somebody tries again", async () => {
  const { load, connection, readAgain } = show(["here"]);
  const again = await screen.findByRole("button", { name: "Try again" });
  expect(screen.getByText(UNREACHABLE)).toBeDefined();
  expect(load).toHaveBeenCalledTimes(1);
  await userEvent.click(again);
  expect(load).toHaveBeenCalledTimes(2);
  connection.isThere = true;
  await userEvent.click(await screen.findByRole("button", { name: "Try again" }));
  expect(await screen.findByRole("textbox", { name: "Code" })).toBeDefined();
  expect(load).toHaveBeenCalledTimes(3);
  // Nothing of the session was in doubt.
  expect(readAgain).not.toHaveBeenCalled();
});

test("a part that could not be fetched comes at once when the browser is online again, once for all who wait for it", async () => {
  const { load, connection } = show(["here", "there"]);
  expect(await screen.findAllByText(UNREACHABLE)).toHaveLength(2);
  const asked = load.mock.calls.length;
  connection.isThere = true;
  await online();
  expect(await screen.findAllByRole("textbox", { name: "Code" })).toHaveLength(2);
  expect(load).toHaveBeenCalledTimes(asked + 1);
  await online();
  expect(load).toHaveBeenCalledTimes(asked + 1);
});

test("a part that has come for one place keeps what is typed in it when another place tries again", async () => {
  const { load, connection } = show(["here", "there"]);
  expect(await screen.findAllByText(UNREACHABLE)).toHaveLength(2);
  const [first, second] = screen.getAllByRole("button", { name: "Try again" });
  if (first === undefined || second === undefined) throw new Error("Both places offer to try again.");
  connection.isThere = true;
  await userEvent.click(first);
  await userEvent.type(await screen.findByRole("textbox", { name: "Code" }), "123");
  const asked = load.mock.calls.length;
  await userEvent.click(second);
  const fields = await screen.findAllByRole<HTMLInputElement>("textbox", { name: "Code" });
  expect(fields.map(({ value }) => value)).toEqual(["123", ""]);
  expect(load).toHaveBeenCalledTimes(asked);
});

test("what was typed in a part that came late stays when it is drawn again", async () => {
  const Part = lazyPart(async () => Field);
  const tree = () => (
    <MessagesProvider value={english}>
      <Part />
    </MessagesProvider>
  );
  const { rerender } = render(tree());
  await userEvent.type(await screen.findByRole("textbox"), "12");
  rerender(tree());
  expect(screen.getByRole<HTMLInputElement>("textbox").value).toBe("12");
});

test("a part that was fetched before is drawn at once", async () => {
  const Part = lazyPart(async () => Field);
  await Part.preload();
  render(
    <MessagesProvider value={english}>
      <Part />
    </MessagesProvider>,
  );
  expect(screen.getByRole("textbox")).toBeDefined();
});
