// @vitest-environment jsdom
import { QueryClient } from "@tanstack/react-query";
import { act, render, screen, waitFor } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { StrictMode } from "react";
import { renderToString } from "react-dom/server";
import { expect, test, vi } from "vitest";
import { type EnrollmentOptions, useEnrollment } from "./headless.ts";
import { codeView, PHONE, scriptBff, SERVER_NOW, view } from "./scripted-bff.ts";

const NUMBER = "+12025550142";
const enrolled = view({ authenticators: { items: [PHONE], knownAt: SERVER_NOW } });

/** What a host may draw: one button a step, which does what leads on. */
function OwnScreen(options: EnrollmentOptions) {
  const { state, commands, busy } = useEnrollment(options);
  const go = () => {
    if (state.step === "closed") commands.openChannels();
    if (state.step === "choosingChannel") commands.chooseChannel("sms");
    if (state.step === "enteringContact") commands.start({ channel: "sms", contact: NUMBER });
    if (state.step === "enteringCode") commands.confirm("123456");
    if (state.step === "done") commands.close();
  };
  return (
    <button type="button" onClick={go} disabled={busy}>
      {state.step}
    </button>
  );
}

function open(bff: ReturnType<typeof scriptBff>, options: EnrollmentOptions = {}, plain = false) {
  const given = { fetch: bff.fetch, now: () => SERVER_NOW, navigate: () => {}, returnTo: "/", ...options };
  const screens = <OwnScreen {...given} />;
  const page = render(plain ? screens : <StrictMode>{screens}</StrictMode>);
  return { person: userEvent.setup(), page };
}

const at = (step: string) => screen.findByRole("button", { name: step });

test("a host's own screen enrolls a phone, and hears of it once, in StrictMode and without a query client around it", async () => {
  const bff = scriptBff(view());
  bff.answers("POST /enrollment", { view: codeView({ channel: "sms" }) });
  bff.answers("POST /enrollment/confirm", { view: enrolled });
  const heard = vi.fn<(...news: unknown[]) => void>();
  const { person, page } = open(bff, {
    onEnrolled: (news) => heard("enrolled", news),
    onRemoved: () => heard("removed"),
    onStopped: () => heard("stopped"),
    onClose: () => heard("close"),
  });
  for (const step of ["closed", "choosingChannel", "enteringContact", "enteringCode", "done"])
    await person.click(await at(step));
  await at("closed");
  page.unmount();
  expect(heard.mock.calls).toEqual([["enrolled", { channel: "sms", replaced: false }], ["close"]]);
  expect(bff.sent().map(({ route, body }) => [route, body])).toEqual([
    ["POST /enrollment", { channel: "sms", contact: NUMBER }],
    ["POST /enrollment/confirm", { enrollmentId: "enrollment-1", code: "123456" }],
  ]);
});

test("a host whose page is there for it alone starts at the first choice", async () => {
  open(scriptBff(view()), { opens: true });
  expect(await at("choosingChannel")).toBeDefined();
});

test("the host's own query client is what the session is kept in, for each of two apart", async () => {
  const queryClient = new QueryClient();
  const bff = scriptBff(view());
  const { page } = open(bff, { queryClient });
  const other = open(scriptBff(codeView()), { queryClient });
  await waitFor(() => expect(page.container.textContent).toBe("closed"));
  await waitFor(() => expect(other.page.container.textContent).toBe("enteringCode"));
  // Each is kept there as soon as anything can be done about it.
  await waitFor(() => expect(queryClient.getQueriesData({ queryKey: ["mfa"] })).toHaveLength(2));
});

test("a host asks for the session anew through its query client, however late it came", async () => {
  const queryClient = new QueryClient();
  const bff = scriptBff(view());
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  const fetch: typeof bff.fetch = async (...given) => {
    await released;
    return bff.fetch(...given);
  };
  open(bff, { queryClient, fetch }, true);
  await waitFor(() => expect(queryClient.getQueryCache().getAll()).toHaveLength(1));
  release();
  await at("closed");
  expect(queryClient.getQueriesData({ queryKey: ["mfa"] })).toMatchObject([[expect.anything(), view()]]);
  expect(bff.calls).toHaveLength(1);
  await act(() => queryClient.invalidateQueries({ queryKey: ["mfa"] }));
  expect(bff.calls).toHaveLength(2);
});

test("a host whose query client asks whenever somebody begins to look reads the session once all the same", async () => {
  const queryClient = new QueryClient({ defaultOptions: { queries: { refetchOnMount: "always" } } });
  const bff = scriptBff(view());
  open(bff, { queryClient }, true);
  await waitFor(() => expect(queryClient.getQueriesData({ queryKey: ["mfa"] })).toHaveLength(1));
  await act(async () => {});
  expect(bff.calls).toHaveLength(1);
});

test("a host that resets its query client throws nobody back to where they began", async () => {
  const queryClient = new QueryClient();
  const bff = scriptBff(view());
  const steps: string[] = [];
  const { person } = open(bff, { queryClient, onStopped: ({ code }) => steps.push(code) }, true);
  bff.answers("POST /enrollment", { view: codeView() });
  for (const step of ["closed", "choosingChannel", "enteringContact"]) await person.click(await at(step));
  await at("enteringCode");
  await act(() => queryClient.resetQueries());
  expect(await at("enteringCode")).toBeDefined();
  expect(steps).toEqual([]);
});

/** A host that writes its functions where it gives them, so that they are others at each render. */
function Unmindful({ bff }: { readonly bff: ReturnType<typeof scriptBff> }) {
  const { state, unread, failure, retry, commands } = useEnrollment({
    fetch: (url, init) => bff.fetch(url, init),
    now: () => SERVER_NOW,
    navigate: () => {},
    queryClient: new QueryClient(),
    opens: true,
  });
  const start = () => commands.start({ channel: "sms", contact: NUMBER });
  return (
    <button type="button" onClick={failure === null ? start : retry}>
      {failure === null ? `${state.step} ${unread === null ? "" : "unread"}` : "Try again"}
    </button>
  );
}

test("a host that gives its functions anew at each render sends an action again with the key that it had", async () => {
  const bff = scriptBff(view({ draft: { channel: "sms", contact: null, replaces: null } }));
  bff.answers("POST /enrollment", "lost", { view: codeView() });
  const { rerender } = render(<Unmindful bff={bff} />);
  const person = userEvent.setup();
  await person.click(await at("enteringContact"));
  const again = await screen.findByRole("button", { name: "Try again" });
  rerender(<Unmindful bff={bff} />);
  await person.click(again);
  await at("enteringCode");
  const [first, second] = bff.sent();
  expect(second?.key).toBe(first?.key);
});

test("a host that gives its functions anew at each render is no reason to ask again and again for what cannot be read", async () => {
  const bff = scriptBff(view());
  bff.shows("lost");
  render(<Unmindful bff={bff} />);
  await at("waiting unread");
  for (let turn = 0; turn < 10; turn += 1) await act(async () => {});
  expect(bff.calls).toHaveLength(1);
});

test("a server draws the host's own screen from the session alone", () => {
  const unread = () => {
    throw new Error("The first render read the clock or the network.");
  };
  expect(renderToString(<OwnScreen initialView={view()} fetch={unread} now={unread} />)).toContain("closed");
});
