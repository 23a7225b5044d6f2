// @vitest-environment jsdom
import { act, screen, waitFor, within } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { codeView, MAILBOX, recoveryView, scriptBff, SERVER_NOW, view } from "./scripted-bff.ts";
import { visit } from "./visit.tsx";

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const button = (name: string) => screen.findByRole("button", { name });
const heading = (name: string) => screen.findByRole("heading", { name });
const codeField = () => screen.findByRole<HTMLInputElement>("textbox", { name: "Six-digit code" });
const enrolled = view({ authenticators: { items: [MAILBOX], knownAt: SERVER_NOW } });
const CODES = { json: { recoveryCodes: ["ABCDEFGHJKLMNPQRSTUVWXYZ"] } };

/** Opens a second tab of the same browser: the same service, another document as far as the wizard can tell. */
const tab = (bff: ReturnType<typeof scriptBff>) => {
  const { page, person } = visit(bff);
  return { person, on: within(page.container) };
};

/** Sends what a browser sends when a page is put away whole, or shown again. */
const transition = (type: "pagehide" | "pageshow") =>
  act(async () => {
    window.dispatchEvent(Object.assign(new Event(type), { persisted: true }));
  });

const readings = (bff: ReturnType<typeof scriptBff>) =>
  bff.calls.filter(({ route }) => route === "GET /session").length;

/** Says how the page is seen, as a browser does when somebody changes tabs. */
const look = (state: DocumentVisibilityState) =>
  act(async () => {
    vi.spyOn(document, "visibilityState", "get").mockReturnValue(state);
    document.dispatchEvent(new Event("visibilitychange"));
  });

test("someone who removes a method in one tab sees it gone in the other", async () => {
  const bff = scriptBff(enrolled);
  const one = tab(bff);
  const other = tab(bff);
  await one.on.findByText("r•••@mail.example");
  await other.person.click(await other.on.findByRole("button", { name: "Remove Email r•••@mail.example" }));
  bff.answers("POST /authenticators/remove", { view: view() });
  await other.person.click(await other.on.findByRole("button", { name: "Remove" }));
  await waitFor(() => expect(one.on.queryByText("r•••@mail.example")).toBeNull());
  expect(bff.sent()).toHaveLength(1);
});

test("someone who started over in another tab is told so here, with one way on", async () => {
  const bff = scriptBff(codeView());
  const one = tab(bff);
  const other = tab(bff);
  await one.person.type(await one.on.findByRole("textbox", { name: "Six-digit code" }), "123");
  bff.answers("GET /enrollment/contact", { json: { channel: "email", contact: "river@mail.example" } });
  await other.person.click(await other.on.findByRole("button", { name: "Change address" }));
  bff.answers("POST /enrollment", { view: codeView({ enrollmentId: "enrollment-2", contact: "s•••@mail.example" }) });
  await other.person.click(await other.on.findByRole("button", { name: "Email me a code" }));
  await one.on.findByRole("heading", { name: "This went on in another tab" });
  expect(one.on.getAllByRole("button")).toHaveLength(1);
  await one.person.click(one.on.getByRole("button", { name: "Go on here" }));
  const field = await one.on.findByRole<HTMLInputElement>("textbox", { name: "Six-digit code" });
  expect(field.value).toBe("");
  expect(one.on.getByText("We sent an email to s•••@mail.example.")).toBeDefined();
  expect(bff.sent().map(({ route }) => route)).toEqual(["POST /enrollment"]);
});

test("tabs tell each other that something changed, and nothing else", async () => {
  const heard: unknown[] = [];
  const listener = new BroadcastChannel("mfa-enroll /api/mfa");
  listener.addEventListener("message", ({ data }) => heard.push(data));
  const bff = scriptBff(codeView());
  const { person } = visit(bff);
  bff.answers("POST /enrollment/confirm", { problem: { code: "wrong_code", status: 422, attemptsLeft: 2 } });
  await person.type(await codeField(), "111111");
  bff.answers("POST /enrollment/confirm", { view: recoveryView() });
  bff.answers("POST /recovery-code", CODES);
  await person.clear(await codeField());
  await person.type(await codeField(), "123456");
  await screen.findByRole("group", { name: "Recovery code" });
  await waitFor(() => expect(heard.length).toBeGreaterThan(1));
  expect(new Set(heard)).toEqual(new Set(["changed"]));
  listener.close();
});

test("a tab of another service hears nothing of it", async () => {
  const bff = scriptBff(enrolled);
  const elsewhere = scriptBff(enrolled);
  const fetch = (url: string, init: RequestInit) => elsewhere.fetch(url.replace("/other/mfa", "/api/mfa"), init);
  visit(elsewhere, { fetch, baseUrl: "/other/mfa", plain: true });
  await heading("Sign-in methods");
  const before = readings(elsewhere);
  const { person, page } = visit(bff);
  const on = within(page.container);
  await person.click(await on.findByRole("button", { name: "Remove Email r•••@mail.example" }));
  bff.answers("POST /authenticators/remove", { view: view() });
  await person.click(await on.findByRole("button", { name: "Remove" }));
  await on.findByText("You have no sign-in methods yet. Add one, so that a stolen password isn’t enough.");
  expect(readings(elsewhere)).toBe(before);
});

test("a page that comes back into sight, back from the browser's store or back online asks what is so, and sends nothing", async () => {
  const bff = scriptBff(codeView());
  visit(bff);
  await codeField();
  const comings = [
    () => look("visible"),
    async () => {
      await transition("pagehide");
      await transition("pageshow");
    },
    () => act(async () => void window.dispatchEvent(new Event("online"))),
  ];
  for (const come of comings) {
    const before = readings(bff);
    await come();
    await waitFor(() => expect(readings(bff)).toBe(before + 1));
  }
  await look("hidden");
  expect(bff.sent()).toEqual([]);
});

test("a page that is left for good listens to nothing any more", async () => {
  const bff = scriptBff(codeView());
  const { page } = visit(bff);
  await codeField();
  page.unmount();
  const before = readings(bff);
  window.dispatchEvent(new Event("online"));
  document.dispatchEvent(new Event("visibilitychange"));
  window.dispatchEvent(Object.assign(new Event("pageshow"), { persisted: true }));
  await Promise.resolve();
  expect(readings(bff)).toBe(before);
});

test("a page that is put away holds no recovery code, and fetches it again when it is shown again", async () => {
  const bff = scriptBff(recoveryView());
  bff.answers("POST /recovery-code", CODES, CODES);
  visit(bff);
  await screen.findByRole("group", { name: "Recovery code" });
  await transition("pagehide");
  expect(document.body.textContent).not.toContain("ABCD");
  expect(bff.sent()).toHaveLength(1);
  await transition("pageshow");
  expect(await screen.findByRole("group", { name: "Recovery code" })).toBeDefined();
  expect(bff.sent().map(({ route }) => route)).toEqual(["POST /recovery-code", "POST /recovery-code"]);
});

test("a recovery code that is on its way when the page is put away never arrives there", async () => {
  const bff = scriptBff(recoveryView());
  bff.answers("POST /recovery-code", CODES, CODES);
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const asked = vi.fn<() => Promise<void>>(() => held);
  const fetch = async (url: string, init: RequestInit) => {
    if (url.endsWith("/recovery-code")) await asked();
    return bff.fetch(url, init);
  };
  visit(bff, { fetch });
  await waitFor(() => expect(asked).toHaveBeenCalledOnce());
  await transition("pagehide");
  await act(async () => release());
  await waitFor(() => expect(bff.sent()).toHaveLength(1));
  expect(document.body.textContent).not.toContain("ABCD");
  await transition("pageshow");
  expect(await screen.findByRole("group", { name: "Recovery code" })).toBeDefined();
  await waitFor(() => expect(bff.sent()).toHaveLength(2));
});

test("a page that is put away holds no typed code", async () => {
  const bff = scriptBff(codeView());
  const { person } = visit(bff);
  await person.type(await codeField(), "1234");
  await transition("pagehide");
  expect((await codeField()).value).toBe("");
  await transition("pageshow");
  expect((await codeField()).value).toBe("");
});

test("someone in a tunnel is told so, keeps what they typed and tries again by themselves", async () => {
  const bff = scriptBff(codeView());
  const { person } = visit(bff);
  await codeField();
  const connected = vi.spyOn(navigator, "onLine", "get").mockReturnValue(false);
  act(() => void window.dispatchEvent(new Event("offline")));
  const words = "You’re offline. What you typed is kept; try again when you’re back.";
  await waitFor(() => expect(screen.getAllByText(words)).toHaveLength(2));
  expect(screen.getByRole("status").textContent).toBe(words);
  bff.answers("POST /enrollment/confirm", "lost", { view: enrolled });
  bff.shows("lost");
  await person.type(await codeField(), "123456");
  await button("Try again");
  expect((await codeField()).value).toBe("123456");

  bff.shows(codeView());
  connected.mockReturnValue(true);
  act(() => void window.dispatchEvent(new Event("online")));
  await waitFor(() => expect(screen.queryByText(words)).toBeNull());
  expect((await codeField()).value).toBe("123456");
  expect(bff.sent()).toHaveLength(1);
  await person.click(await button("Try again"));
  await heading("You’re all set");
  const [first, second] = bff.sent();
  expect(second?.key).toBe(first?.key);
});

test("someone whose connection goes before anybody listens for that is told so", async () => {
  const connected = vi.spyOn(navigator, "onLine", "get");
  const { addEventListener } = window;
  vi.spyOn(window, "addEventListener").mockImplementation((...given: Parameters<typeof addEventListener>) => {
    if (given[0] === "offline") connected.mockReturnValue(false);
    addEventListener.apply(window, given);
  });
  visit(scriptBff(codeView()), { plain: true });
  const words = "You’re offline. What you typed is kept; try again when you’re back.";
  await waitFor(() => expect(screen.getByRole("status").textContent).toBe(words));
});

test.each([
  ["at the code", codeView()],
  ["at the sign-in", view({ person: null, authenticators: null })],
])("someone who arrives offline %s is told so", async (_, session) => {
  vi.spyOn(navigator, "onLine", "get").mockReturnValue(false);
  visit(scriptBff(session));
  expect(await screen.findByText(/^You’re offline\./)).toBeDefined();
});

test.each([
  ["send_unclear", "Sending your code…"],
  ["send_lost", "Send another code?"],
  ["confirm_unclear", "Checking your code…"],
] as const)("%s is looked into every two seconds, and there is a way out", async (status, name) => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  const bff = scriptBff(codeView({ status }));
  visit(bff);
  await heading(name);
  expect(screen.getByText("We’re checking…")).toBeDefined();
  expect(screen.getByRole("button", { name: status === "confirm_unclear" ? "Close" : "Cancel" })).toBeDefined();
  bff.shows(codeView());
  await act(() => vi.advanceTimersByTimeAsync(2_000));
  expect(await codeField()).toBeDefined();
  expect(bff.sent()).toEqual([]);
});

test("a newer message that got lost is looked into too, while the earlier code can be entered", async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  const bff = scriptBff(codeView({ newerMessageLost: true }));
  visit(bff);
  await codeField();
  expect(screen.getByText("We’re checking…")).toBeDefined();
  bff.shows(codeView({ sentAt: SERVER_NOW + 1 }));
  await act(() => vi.advanceTimersByTimeAsync(2_000));
  await waitFor(() => expect(screen.queryByText("We’re checking…")).toBeNull());
});

test.each([
  ["a first message", codeView({ status: "send_lost" })],
  ["a newer message", codeView({ newerMessageLost: true })],
])("%s that got lost is looked for until another may be asked for, and then no more", async (_, lost) => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  const bff = scriptBff(lost);
  const { clock } = visit(bff);
  expect(await screen.findByText("We’re checking…")).toBeDefined();
  const begun = readings(bff);
  clock.now += 29_000;
  await act(() => vi.advanceTimersByTimeAsync(2_000));
  expect(screen.getByText("We’re checking…")).toBeDefined();
  expect(readings(bff)).toBeGreaterThan(begun);

  clock.now += 1_000;
  bff.shows({ ...lost, now: clock.now });
  // Two seconds to the reading that tells the time, and one to the second in which the screen looks at its clock.
  await act(() => vi.advanceTimersByTimeAsync(2_000));
  await act(() => vi.advanceTimersByTimeAsync(1_000));
  expect(screen.queryByText("We’re checking…")).toBeNull();
  const after = readings(bff);
  await act(() => vi.advanceTimersByTimeAsync(20_000));
  expect(readings(bff)).toBe(after);
});

test("what is unclear is not looked into while nobody looks at the page", async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  const bff = scriptBff(codeView({ status: "send_lost" }));
  visit(bff);
  await heading("Send another code?");
  await look("hidden");
  const before = readings(bff);
  await act(() => vi.advanceTimersByTimeAsync(10_000));
  expect(readings(bff)).toBe(before);
});
