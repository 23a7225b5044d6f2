// @vitest-environment jsdom
import { act, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { MAILBOX, scriptBff, SERVER_NOW, view } from "./scripted-bff.ts";
import { visit } from "./visit.tsx";

// In a file of its own: what one test has drawn is there for all tests after it.
test("a screen that was fetched before it is wanted is drawn without a word of waiting", async () => {
  const bff = scriptBff(view({ authenticators: { items: [MAILBOX], knownAt: SERVER_NOW } }));
  const { person } = visit(bff);
  await screen.findByText("r•••@mail.example");
  await import("../ui/later-screens.tsx");
  await act(async () => {});
  const drawn: string[] = [];
  const watch = new MutationObserver((changes) => {
    for (const { addedNodes } of changes)
      for (const node of addedNodes) if (node instanceof Element) drawn.push(node.outerHTML);
  });
  watch.observe(document.body, { childList: true, subtree: true });
  await person.click(screen.getByRole("button", { name: /^Remove/ }));
  await screen.findByRole("button", { name: "Keep it" });
  expect(drawn.join("")).toContain("Keep it");
  expect(drawn.join("")).not.toContain("mfa-loading");
  watch.disconnect();
});
