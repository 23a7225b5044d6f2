// @vitest-environment jsdom
import { screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { scriptBff, SERVER_NOW, view } from "./scripted-bff.ts";
import { visit } from "./visit.tsx";

const button = (name: string) => screen.findByRole("button", { name });
const heading = (name: string) => screen.findByRole("heading", { name });
const TYPED = "river@mail.example";
const SIGNED_OUT = view({ person: null, authenticators: null, can: { list: "no", add: "no", remove: "no" } });
/** Of the same masked name, so that only the id tells them apart. */
const SOMEBODY_ELSE = view({
  person: { id: "person-2", name: "a•••@mail.example", signedOutAt: SERVER_NOW + 600_000 },
});

/** Opens a page on which somebody has typed an address. */
async function typed() {
  const bff = scriptBff(view());
  const { person } = visit(bff, { plain: true });
  await person.click(await button("Add a method"));
  await person.click(await screen.findByRole("radio", { name: "Email" }));
  await person.click(await button("Continue"));
  await person.type(await screen.findByRole("textbox", { name: "Email address" }), TYPED);
  return { bff, person };
}

async function afterTheSignInEnded() {
  const { bff, person } = await typed();
  bff.shows(SIGNED_OUT);
  window.dispatchEvent(new Event("online"));
  await heading("Please sign in again");
  const signIn = async (as: typeof SIGNED_OUT) => {
    bff.answers("POST /sign-in", { json: { outcome: "signed_in", view: as } });
    await person.type(await screen.findByLabelText("Email or username"), "somebody");
    await person.type(await screen.findByLabelText("Password"), "Enroll-Demo-1");
    await person.click(await button("Sign in"));
  };
  return { bff, signIn };
}

test("somebody else who signs in in the same page finds nothing of what the first one typed", async () => {
  const { bff, signIn } = await afterTheSignInEnded();
  await signIn(SOMEBODY_ELSE);
  await heading("Sign-in methods");
  expect(screen.queryByRole("textbox")).toBeNull();
  // The service is told whose it was, and keeps it for nobody else.
  expect(bff.sent().at(-1)?.body).toMatchObject({ draft: { contact: TYPED }, typedBy: "person-1" });
});

test("the same person who signs in again goes on with what they typed", async () => {
  const { signIn } = await afterTheSignInEnded();
  await signIn(view());
  expect((await screen.findByRole<HTMLInputElement>("textbox", { name: "Email address" })).value).toBe(TYPED);
});

test("what was typed leaves the screen when a reading finds somebody else there", async () => {
  const { bff } = await typed();
  bff.shows(SOMEBODY_ELSE);
  window.dispatchEvent(new Event("online"));
  await heading("Sign-in methods");
  expect(screen.queryByRole("textbox")).toBeNull();
});
