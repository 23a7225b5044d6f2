import { expect, test } from "vitest";
import { createManualClock } from "../journeys/manual-clock.ts";
import { createStack, PAGE, START } from "../journeys/stack.ts";
import { createBff } from "./bff.ts";
import { createDrawPage, type RenderPage } from "./draw-page.ts";
import { createFetchUpstream } from "./fetch-upstream.ts";
import { createMemoryStore } from "./store.ts";

/** A BFF that draws its page as nothing but the session. */
function drawing(renderPage: RenderPage = (view) => JSON.stringify(view)) {
  const stack = createStack();
  const store = createMemoryStore(stack.clock);
  const upstream = createFetchUpstream("https://tenant.test/", stack.simulator.fetch);
  const log: object[] = [];
  const bff = createBff({
    settings: stack.settings,
    upstream,
    clock: stack.clock,
    store,
    renderPage,
    log: (entry) => log.push(entry),
  });
  return { stack, log, bff, page: bff.page ?? expect.unreachable("There is no page.") };
}

const navigation = (headers: Record<string, string> = {}, address = `${PAGE}/`) =>
  new Request(address, { headers: { "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", ...headers } });

const signIn = (bff: ReturnType<typeof drawing>["bff"]) =>
  bff(
    new Request(`${PAGE}/api/mfa/sign-in`, {
      method: "POST",
      headers: { origin: PAGE, "x-mfa-enroll": "1", "content-type": "application/json" },
      body: JSON.stringify({ way: "password", username: "robin@example.com", password: "Enroll-Demo-1" }),
    }),
  );

test("somebody who follows a link from anywhere finds the page drawn with their own session", async () => {
  const { bff, page } = drawing();
  const [cookie = ""] = (await signIn(bff)).headers.getSetCookie().map((set) => set.split(";")[0] ?? "");
  const answer = await page(navigation({ cookie }));
  expect(answer.headers.get("cache-control")).toBe("no-store, private");
  expect(await answer.json()).toMatchObject({ person: { name: expect.stringContaining("•") }, can: { add: "yes" } });
  expect(await (await page(navigation())).json()).toMatchObject({ person: null });
});

test("a cookie of a visit that is over is cleared with the page", async () => {
  const { page } = drawing();
  const answer = await page(navigation({ cookie: `__Host-mfa=${"a".repeat(43)}` }));
  expect(answer.headers.getSetCookie().join()).toMatch(/^__Host-mfa=;.*Max-Age=0/);
});

test("a page for another host is drawn for nobody", async () => {
  const { page } = drawing();
  expect(await (await page(navigation({}, "https://evil.test/"))).json()).toBeNull();
});

test("a session that takes longer than a page may is left for the page to ask for", async () => {
  const clock = createManualClock(START);
  const page = createDrawPage({
    exchange: () => new Promise(() => {}),
    renderPage: (view) => `drawn for ${JSON.stringify(view)}`,
    basePath: "/api/mfa",
    clock,
    failed: () => {},
  });
  const answer = page(navigation());
  await clock.advance(501);
  expect(await (await answer).text()).toBe("drawn for null");
});

test("without somebody who draws it, there is no page", () => {
  const { stack } = drawing();
  const upstream = createFetchUpstream("https://tenant.test/", stack.simulator.fetch);
  expect(createBff({ settings: stack.settings, upstream }).page).toBeNull();
});

test("a page that cannot be drawn for somebody is drawn for nobody, and the log says so", async () => {
  const { page, log } = drawing((view) => {
    if (view !== null) throw new TypeError("of a drawing");
    return "drawn for nobody";
  });
  expect(await (await page(navigation())).text()).toBe("drawn for nobody");
  expect(log).toContainEqual(expect.objectContaining({ code: "page_not_drawn" }));
});
