// @vitest-environment jsdom
import { screen, waitFor, within } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import type { MfaOptions } from "./react.tsx";
import { codeView, MAILBOX, PHONE, recoveryView, scriptBff, SERVER_NOW, view } from "./scripted-bff.ts";
import { hasFocus, visit } from "./visit.tsx";

const button = (name: string) => screen.findByRole("button", { name });
const heading = (name: string) => screen.findByRole("heading", { name });
const codeField = () => screen.findByRole("textbox", { name: "Six-digit code" });
const enrolled = view({ authenticators: { items: [MAILBOX], knownAt: SERVER_NOW } });

/** Leads somebody with nothing enrolled to the code screen by email. */
async function toTheCode(bff: ReturnType<typeof scriptBff>, options = {}) {
  bff.answers("POST /enrollment", { view: codeView() });
  const visited = visit(bff, options);
  const { person } = visited;
  await person.click(await button("Add a method"));
  await person.click(await screen.findByRole("radio", { name: "Email" }));
  await person.click(await button("Continue"));
  await person.type(await screen.findByRole("textbox", { name: "Email address" }), "river@mail.example");
  await person.click(await button("Email me a code"));
  await codeField();
  return visited;
}

test("someone adds an email address, saves the recovery code and sees the method in the list", async () => {
  const bff = scriptBff(view());
  const onEnrolled = vi.fn<NonNullable<MfaOptions["onEnrolled"]>>();
  const { person } = await toTheCode(bff, { onEnrolled });
  expect(screen.getByText("We sent an email to r•••@mail.example.")).toBeDefined();

  bff.answers("POST /enrollment/confirm", { view: recoveryView() });
  bff.answers("POST /recovery-code", { json: { recoveryCodes: ["ABCDEFGHJKLMNPQRSTUVWXYZ"] } });
  await person.type(await codeField(), "123456");
  await hasFocus(await heading("Save your recovery code"));
  expect((await screen.findByRole("group", { name: "Recovery code" })).textContent).toBe(
    "ABCD EFGH JKLM NPQR STUV WXYZ ",
  );
  expect(screen.queryByRole("textbox")).toBeNull();

  await person.click(await button("Done"));
  const saved = screen.getByRole("checkbox", { name: "I have saved it" });
  expect(saved.getAttribute("aria-invalid")).toBe("true");
  bff.answers("POST /recovery-code/acknowledge", { view: enrolled });
  await person.click(saved);
  await person.click(await button("Done"));
  await hasFocus(await heading("You’re all set"));
  await person.click(await button("Done"));

  const list = await screen.findByRole("list", { name: "Your methods" });
  expect(within(list).getByText("r•••@mail.example")).toBeDefined();
  expect(document.body.textContent).not.toContain("ABCD");
  expect(onEnrolled.mock.calls).toEqual([[{ channel: "email", replaced: false }]]);
  expect(bff.sent().map(({ route }) => route)).toEqual([
    "POST /enrollment",
    "POST /enrollment/confirm",
    "POST /recovery-code",
    "POST /recovery-code/acknowledge",
  ]);
});

test("the steps that are counted are the steps that come", async () => {
  const bff = scriptBff(view());
  const { person } = visit(bff);
  await person.click(await button("Add a method"));
  expect(await screen.findByText("Step 1 of 4")).toBeDefined();
  await person.click(await button("Continue"));
  expect(await screen.findByText("Step 2 of 4")).toBeDefined();
});

test("nothing is sent by arriving, by StrictMode or by coming back to the tab", async () => {
  const bff = scriptBff(codeView());
  visit(bff);
  await codeField();
  window.dispatchEvent(new Event("focus"));
  document.dispatchEvent(new Event("visibilitychange"));
  await codeField();
  expect(bff.sent()).toEqual([]);
});

test("arriving in the middle of it takes no focus, and the person's own step does", async () => {
  const bff = scriptBff(codeView());
  const { person } = visit(bff);
  await codeField();
  expect(document.activeElement).toBe(document.body);
  await person.click(await button("Use another method"));
  await hasFocus(await heading("How should we check it’s you?"));
});

test("the code field takes the focus on its screen, described by the heading", async () => {
  const bff = scriptBff(view());
  await toTheCode(bff);
  const field = await codeField();
  await hasFocus(field);
  const ids = field.getAttribute("aria-describedby")?.split(" ") ?? [];
  expect(ids).toContain(screen.getByRole("heading", { name: "Enter the code we emailed" }).id);
});

test("somebody who double-clicks sends one message", async () => {
  const bff = scriptBff(view());
  bff.answers("POST /enrollment", { view: codeView() });
  const { person } = visit(bff);
  await person.click(await button("Add a method"));
  await person.click(await screen.findByRole("radio", { name: "Email" }));
  await person.click(await button("Continue"));
  await person.type(await screen.findByRole("textbox", { name: "Email address" }), "river@mail.example");
  await person.dblClick(await button("Email me a code"));
  await codeField();
  expect(bff.sent()).toHaveLength(1);
});

test("a mistyped code says how many tries are left, once aloud, and is selected", async () => {
  const bff = scriptBff(view());
  const { person } = await toTheCode(bff);
  bff.answers("POST /enrollment/confirm", { problem: { code: "wrong_code", status: 422, attemptsLeft: 2 } });
  await person.type(await codeField(), "111111");
  const words = "That code didn’t match. 2 tries left.";
  const field = (await codeField()) as HTMLInputElement;
  await waitFor(() => expect(field.getAttribute("aria-invalid")).toBe("true"));
  await waitFor(() => expect(screen.getByRole("status").textContent).toBe(words));
  expect(screen.getAllByText(words)).toHaveLength(2);
  expect([field.selectionStart, field.selectionEnd]).toEqual([0, 6]);
  expect(bff.sent()).toHaveLength(2);
});

test("a pasted message is understood and submitted once", async () => {
  const bff = scriptBff(view());
  const { person } = await toTheCode(bff);
  bff.answers("POST /enrollment/confirm", { view: enrolled });
  await person.click(await codeField());
  await person.paste("Your code is 123-456.");
  expect(await heading("You’re all set")).toBeDefined();
  expect(bff.sent().at(-1)?.body).toEqual({ enrollmentId: "enrollment-1", code: "123456" });
});

test("an answer that never came is said, and trying again carries the same key", async () => {
  const bff = scriptBff(view());
  const { person } = await toTheCode(bff);
  bff.answers("POST /enrollment/confirm", "lost", { view: enrolled });
  bff.shows("lost");
  await person.type(await codeField(), "123456");
  expect(await screen.findByText("We couldn’t reach the service. Nothing you entered is lost.")).toBeDefined();
  await person.click(await button("Try again"));
  expect(await heading("You’re all set")).toBeDefined();
  const [first, second] = bff.sent().slice(-2);
  expect(first?.key).toBe(second?.key);
  expect(first?.key).toMatch(/^\d+(?:-\d+){3}$/);
});

const FOREIGN: [string, () => Response][] = [
  ["the page of a network that wants a sign-in", () => new Response("<title>Welcome to our Wi-Fi</title>")],
  ["JSON that the service has not marked as its own", () => Response.json(enrolled)],
];

test.each(FOREIGN)(
  "%s moves nobody: it is said, found out by reading, and sent again with the same key",
  async (_, foreign) => {
    const bff = scriptBff(view());
    const { person } = await toTheCode(bff);
    bff.answers("POST /enrollment/confirm", { foreign }, { view: enrolled });
    const before = bff.calls.length;
    await person.type(await codeField(), "123456");
    expect(
      await screen.findByText("The service gave an answer we couldn’t read. Nothing you entered is lost."),
    ).toBeDefined();
    await waitFor(() => expect(bff.calls.slice(before).map(({ route }) => route)).toContain("GET /session"));
    expect(await codeField()).toBeDefined();
    await person.click(await button("Try again"));
    expect(await heading("You’re all set")).toBeDefined();
    const [first, second] = bff.sent().slice(-2);
    expect(second?.key).toBe(first?.key);
  },
);

test.each(FOREIGN)("%s instead of the session is said, and asking again reads it", async (_, foreign) => {
  const bff = scriptBff(view());
  bff.answers("GET /session", { foreign });
  const { person } = visit(bff, { plain: true });
  expect(await screen.findByText("The service gave an answer we couldn’t read. Try again in a moment.")).toBeDefined();
  await person.click(await button("Try again"));
  expect(await button("Add a method")).toBeDefined();
});

test("a page that is gone does not go on looking after a request that is still on its way", async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  const bff = scriptBff(view());
  const asked = vi.fn<() => Promise<Response>>(() => new Promise(() => {}));
  const fetch: MfaOptions["fetch"] = (url, init) => (init.method === "GET" ? bff.fetch(url, init) : asked());
  const { person, page } = visit(bff, { fetch, plain: true });
  await person.click(await button("Add a method"));
  await person.click(await screen.findByRole("radio", { name: "Email" }));
  await person.click(await button("Continue"));
  await person.type(await screen.findByRole("textbox", { name: "Email address" }), "river@mail.example");
  await person.click(await button("Email me a code"));
  await waitFor(() => expect(asked).toHaveBeenCalledOnce());
  page.unmount();
  const timers = vi.spyOn(globalThis, "setTimeout");
  await vi.advanceTimersByTimeAsync(5_000);
  expect(timers.mock.calls.length).toBeLessThan(10);
});

test("a lost answer to sending is found out by reading, and nothing is sent again", async () => {
  const bff = scriptBff(view());
  const { person } = visit(bff);
  await person.click(await button("Add a method"));
  await person.click(await screen.findByRole("radio", { name: "Email" }));
  await person.click(await button("Continue"));
  await person.type(await screen.findByRole("textbox", { name: "Email address" }), "river@mail.example");
  bff.answers("POST /enrollment", "lost");
  bff.shows(codeView());
  await person.click(await button("Email me a code"));
  await codeField();
  expect(bff.sent()).toHaveLength(1);
});

test("another message is offered when the server's clock allows it, not before", async () => {
  const bff = scriptBff(codeView());
  const { person, clock } = visit(bff);
  expect(await screen.findByText("You can ask for another in 30 seconds.")).toBeDefined();
  expect(screen.queryByRole("button", { name: "Send another email" })).toBeNull();
  clock.now += 31_000;
  const again = await screen.findByRole("button", { name: "Send another email" }, { timeout: 3_000 });
  expect(await screen.findByText("Didn’t get it?")).toBeDefined();
  bff.answers("POST /enrollment/resend", { view: codeView({ sentAt: SERVER_NOW + 31_000, sendsLeft: 3 }) });
  await person.click(again);
  expect(await screen.findByText("3 more can be sent.")).toBeDefined();
  await hasFocus(await codeField());
});

test("a clock that is an hour wrong changes no countdown", async () => {
  const bff = scriptBff(codeView());
  visit(bff, { now: () => SERVER_NOW + 3_600_000 });
  expect(await screen.findByText("You can ask for another in 30 seconds.")).toBeDefined();
});

test("someone changes the address and finds the old one, kept and editable", async () => {
  const bff = scriptBff(view());
  const { person } = await toTheCode(bff);
  await person.click(await button("Change address"));
  const field = (await screen.findByRole("textbox", { name: "Email address" })) as HTMLInputElement;
  expect(field.value).toBe("river@mail.example");
});

test("after a reload the address is read back before it can be changed", async () => {
  const bff = scriptBff(codeView());
  bff.answers(
    "GET /enrollment/contact",
    { json: { channel: "email", contact: "river@mail.example" } },
    { json: { channel: "email", contact: "river@mail.example" } },
  );
  const { person } = visit(bff);
  await person.click(await button("Change address"));
  const field = (await screen.findByRole("textbox", { name: "Email address" })) as HTMLInputElement;
  expect(field.value).toBe("river@mail.example");
});

test("a message whose code cannot work is said so before another is sent", async () => {
  const bff = scriptBff(codeView({ status: "send_lost" }));
  visit(bff);
  expect(await heading("Send another code?")).toBeDefined();
  expect(
    screen.getByText("A message may arrive at r•••@mail.example; its code will not work. Send another?"),
  ).toBeDefined();
  expect(bff.sent()).toEqual([]);
});

test("someone who must prove who they are comes back to what they typed", async () => {
  const bff = scriptBff(view());
  const { person } = visit(bff);
  await person.click(await button("Add a method"));
  await person.click(await screen.findByRole("radio", { name: "Email" }));
  await person.click(await button("Continue"));
  await person.type(await screen.findByRole("textbox", { name: "Email address" }), "river@mail.example");
  const asked = view({
    can: { list: "yes", add: "after_proof", remove: "after_proof" },
    proof: { by: "challenge", methods: [PHONE], recoveryCode: true },
  });
  bff.answers("POST /enrollment", { problem: { code: "proof_needed", status: 403 } });
  bff.shows(asked);
  await person.click(await button("Email me a code"));
  await hasFocus(await heading("Confirm it’s you"));
  const open = { challengeId: "challenge-1", channel: "recovery_code", attemptsLeft: 3 } as const;
  bff.answers("POST /challenge", { view: { ...asked, flow: { step: "proof", challenge: open } } });
  await person.click(await screen.findByRole("radio", { name: "Use the recovery code you saved" }));
  await person.click(await button("Continue"));
  bff.answers("POST /challenge/verify", { view: view() });
  await person.type(await screen.findByRole("textbox", { name: "Recovery code" }), "abcd-efgh-jklm-npqr-stuv-wxyz");
  await person.click(await button("Continue"));
  const field = (await screen.findByRole("textbox", { name: "Email address" })) as HTMLInputElement;
  expect(field.value).toBe("river@mail.example");
  expect(bff.sent().at(-1)?.body).toEqual({
    challengeId: "challenge-1",
    recoveryCode: "ABCDEFGHJKLMNPQRSTUVWXYZ",
  });
  expect(bff.sent().filter(({ route }) => route === "POST /enrollment")).toHaveLength(1);
});

test("someone who must leave for it takes what they typed along", async () => {
  const bff = scriptBff(view());
  const left = vi.fn<(location: string) => void>();
  const { person } = visit(bff, { navigate: left, returnTo: "/settings" });
  await person.click(await button("Add a method"));
  await person.click(await screen.findByRole("radio", { name: "Email" }));
  await person.click(await button("Continue"));
  await person.type(await screen.findByRole("textbox", { name: "Email address" }), "river@mail.example");
  bff.answers("POST /enrollment", { problem: { code: "proof_needed", status: 403 } });
  bff.shows(view({ can: { list: "yes", add: "after_proof", remove: "after_proof" }, proof: { by: "redirect" } }));
  await person.click(await button("Email me a code"));
  bff.answers("POST /sign-in", { json: { outcome: "leave", location: "https://tenant.example/authorize" } });
  await person.click(await button("Continue to sign in"));
  await waitFor(() => expect(left.mock.calls).toEqual([["https://tenant.example/authorize"]]));
  expect(bff.sent().at(-1)?.body).toEqual({
    way: "redirect",
    returnTo: "/settings",
    draft: { channel: "email", contact: "river@mail.example" },
    typedBy: "person-1",
  });
});
