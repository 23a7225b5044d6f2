import { renderToString } from "react-dom/server";
import { expect, test } from "vitest";
import { MfaSettings } from "./react.tsx";
import { MAILBOX, SERVER_NOW, view } from "./scripted-bff.ts";

test("a server draws the panel from the session alone: no window, no clock, no time zone", () => {
  const unread = () => {
    throw new Error("The first render read the clock or the network.");
  };
  const session = view({ authenticators: { items: [MAILBOX], knownAt: SERVER_NOW } });
  const html = renderToString(<MfaSettings initialView={session} fetch={unread} now={unread} />);
  expect(html).toContain("r•••@mail.example");
  expect(html).toContain("Add a method");
  expect(html).not.toContain("2026");
  expect(html).not.toContain("style=");
});
