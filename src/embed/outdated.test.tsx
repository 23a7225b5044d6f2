// @vitest-environment jsdom
import { act, screen, waitFor } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { codeView, scriptBff, view } from "./scripted-bff.ts";
import { visit } from "./visit.tsx";

const WORDS = "This page is out of date. Reload it to go on where you were.";
const button = (name: string) => screen.findByRole("button", { name });
const address = () => screen.findByRole<HTMLInputElement>("textbox", { name: "Email address" });

/** Answers as a server of another version does. */
const another = { foreign: () => Response.json({}, { headers: { "mfa-enroll-contract": "3" } }) };

afterEach(() => vi.restoreAllMocks());

test("someone whose page is older than the server is told to reload it, keeps what they typed, and nothing is sent again", async () => {
  const bff = scriptBff(view());
  const reload = vi.fn<() => void>();
  const { person, page } = visit(bff, { reload });
  await person.click(await button("Add a method"));
  await person.click(await screen.findByRole("radio", { name: "Email" }));
  await person.click(await button("Continue"));
  await person.type(await address(), "river@mail.example");
  bff.answers("POST /enrollment", another);
  bff.answers("GET /session", another);
  await person.click(await button("Email me a code"));
  expect(await screen.findByText(WORDS)).toBeDefined();
  expect((await address()).value).toBe("river@mail.example");
  expect(screen.queryByRole("button", { name: "Try again" })).toBeNull();
  await person.click(await button("Reload the page"));
  expect(reload).toHaveBeenCalledTimes(1);
  expect(bff.sent()).toHaveLength(1);

  // What became of it is the session's to say, to the page that comes.
  page.unmount();
  bff.shows(codeView());
  visit(bff);
  expect(await screen.findByRole("textbox", { name: "Six-digit code" })).toBeDefined();
  expect(bff.sent()).toHaveLength(1);
});

test("someone whose page cannot even read the session is told why, with the one button that helps", async () => {
  const bff = scriptBff(view());
  bff.answers("GET /session", another, another);
  const reload = vi.fn<() => void>();
  const { person } = visit(bff, { reload, plain: true });
  expect(await screen.findByRole("heading", { name: "This page is out of date" })).toBeDefined();
  await person.click(await button("Reload the page"));
  expect(reload).toHaveBeenCalledTimes(1);
  expect(screen.queryByRole("button", { name: "Try again" })).toBeNull();
});

test("a reading that nobody asked for says nothing of it: the page goes on until something is wanted", async () => {
  const bff = scriptBff(codeView());
  visit(bff);
  await screen.findByRole("textbox", { name: "Six-digit code" });
  const before = bff.calls.length;
  bff.answers("GET /session", another);
  await act(async () => void window.dispatchEvent(new Event("online")));
  await waitFor(() => expect(bff.calls.length).toBeGreaterThan(before));
  expect(screen.queryByText(WORDS)).toBeNull();
  expect(screen.queryByRole("button", { name: "Reload the page" })).toBeNull();
});
