// @vitest-environment jsdom
import { screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { codeView, scriptBff, view } from "./scripted-bff.ts";
import { hasFocus, visit } from "./visit.tsx";

const button = (name: string) => screen.findByRole("button", { name });
const heading = (name: string) => screen.findByRole("heading", { name });
const BACK = "Back to the code for r•••@mail.example";

async function atTheCode() {
  const bff = scriptBff(codeView());
  bff.answers("GET /enrollment/contact", { json: { channel: "email", contact: "river@mail.example" } });
  const opened = visit(bff, { plain: true });
  await heading("Enter the code we emailed");
  return { bff, ...opened };
}

/** The code screen as it was: the same address, the same clocks. */
async function seeTheCode() {
  expect(await heading("Enter the code we emailed")).toBeDefined();
  expect(screen.getByText("We sent an email to r•••@mail.example.")).toBeDefined();
  expect(await screen.findByText(/You can ask for another in \d+ seconds\./)).toBeDefined();
  await hasFocus(screen.getByRole("textbox", { name: "Six-digit code" }));
}

test("someone who looks at their address again goes back to the code that was sent, and nothing is sent or ended", async () => {
  const { bff, person } = await atTheCode();
  await person.click(await button("Change address"));
  await person.type(await screen.findByRole("textbox", { name: "Email address" }), "x");
  await person.click(await button(BACK));
  await seeTheCode();
  expect(bff.sent()).toEqual([]);
});

test("someone who goes on back to the choice of a method finds the way to the code there too", async () => {
  const { bff, person } = await atTheCode();
  await person.click(await button("Change address"));
  expect(await screen.findByText("Step 2 of 4")).toBeDefined();
  await person.click(await button("Back"));
  await heading("How should we check it’s you?");
  await person.click(await button(BACK));
  await seeTheCode();
  await person.click(await button("Use another method"));
  await heading("How should we check it’s you?");
  await person.click(await button(BACK));
  await seeTheCode();
  expect(screen.getByText("Step 3 of 4")).toBeDefined();
  expect(bff.sent()).toEqual([]);
});

test("somebody for whom no code is waiting is offered no way to one", async () => {
  const { person } = visit(scriptBff(view()), { plain: true });
  await person.click(await button("Add a method"));
  await heading("How should we check it’s you?");
  expect(screen.queryByRole("button", { name: /^Back to the code/ })).toBeNull();
});
