import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import type { SessionView } from "../contract/session-view.ts";
import { createDrawnPage } from "./drawn-page.ts";
import { createRenderPage } from "./render-page.tsx";

const directory = mkdtempSync(join(tmpdir(), "render-page-"));
const SHEET = "p{color:red}";
const TEMPLATE = `<!doctype html><html lang="en"><head><title>Page</title><script type="module" src="/assets/index.js"></script><style>${SHEET}</style></head><body><div id="sign-in-methods"><!--guest-->Loading<!--/guest--></div><!--session--><script>early()</script></body></html>`;
const chunk = (name: string, imports: string[] = []) => ({ file: `assets/${name}.js`, name, imports });
const CHUNKS = {
  "index.html": chunk("index", ["_react.js"]),
  "_react.js": chunk("react"),
  "_engine.js": chunk("engine", ["_react.js", "_rules.js"]),
  "_rules.js": chunk("rules"),
  "_later-screens.js": chunk("later-screens"),
  "src/ui/screens/enter-phone.tsx": chunk("enter-phone", ["index.html"]),
};

function writePage(into: string, chunks: object): void {
  mkdirSync(join(into, ".vite"), { recursive: true });
  writeFileSync(join(into, "index.html"), TEMPLATE);
  writeFileSync(join(into, ".vite", "manifest.json"), JSON.stringify(chunks));
}

writePage(directory, CHUNKS);
afterAll(() => rmSync(directory, { recursive: true }));

const renderPage = createRenderPage({ directory });
const SIGNED_IN: SessionView = {
  now: Date.UTC(2026, 4, 3, 12),
  signIn: { ways: ["redirect"], problem: null },
  person: { id: "p1", name: "r•••@mail.example", signedOutAt: Date.UTC(2026, 4, 3, 13) },
  channels: ["sms", "email"],
  phonePolicy: null,
  authenticators: { items: [], knownAt: Date.UTC(2026, 4, 3, 12) },
  can: { list: "yes", add: "yes", remove: "yes" },
  proof: null,
  draft: null,
  noticesDelayed: false,
  flow: { step: "idle" },
};
const drawn = (view: SessionView | null, path = "/") => renderPage(view, new Request(`https://account.test${path}`));
const preloaded = (html: string) =>
  [...html.matchAll(/modulepreload"[^>]*href="\/assets\/([\w-]+)\.js"/g)].map(([, name]) => name);

test("somebody who is signed in finds their methods in the page itself, and on its own path the choice of a channel", async () => {
  expect(await drawn(SIGNED_IN)).toMatch(/<div id="sign-in-methods"><div.*<h2[^>]*>Sign-in methods<.*Add a method</);
  expect(await drawn(SIGNED_IN, "/enroll")).toMatch(/How should we check it’s you\?.*<input type="radio"/);
});

test("what is pressed next waits in the head for the page's own program, and nothing that is there already", async () => {
  expect(preloaded(await drawn(SIGNED_IN))).toEqual(["index", "engine", "rules", "later-screens", "enter-phone"]);
  const mailOnly = await drawn({ ...SIGNED_IN, channels: ["email"] });
  expect(preloaded(mailOnly)).toEqual(["index", "engine", "rules", "later-screens"]);
  expect(mailOnly.replace(/<link[^>]*assets\/([\w-]+)\.js">/g, "$1 ")).toMatch(
    /<\/title>index <template>engine rules <template>later-screens <\/template><\/template><script type="module"/,
  );
});

test("a turn with nothing left to fetch keeps none of those after it waiting", async () => {
  const whole = join(directory, "whole");
  writePage(whole, { ...CHUNKS, "index.html": chunk("index", ["_react.js", "_engine.js"]) });
  const html = await createRenderPage({ directory: whole })(SIGNED_IN, new Request("https://account.test/"));
  expect(preloaded(html)).toEqual(["index", "later-screens", "enter-phone"]);
  expect(html.match(/<template>/g)).toHaveLength(1);
});

test("a page that was built without what comes next is not served", () => {
  const less = join(directory, "less");
  writePage(less, { "index.html": CHUNKS["index.html"] });
  expect(() => createRenderPage({ directory: less })).toThrow('The page was built without the chunk "engine".');
});

test("a page whose session could not be read is the page as it was built", async () => {
  expect(await drawn(null)).toBe(TEMPLATE);
});

test("no name of a person, and nothing else of a session, ends the block of data or becomes markup", async () => {
  const name = `</script><script>alert(1)</script><!--session-->$&`;
  const html = await drawn({ ...SIGNED_IN, person: { id: "p1", name, signedOutAt: 1 } });
  expect(html.match(/<script/g)).toHaveLength(3);
  const [, json = ""] = /<script type="application\/json" id="session">([^<]*)<\/script>/.exec(html) ?? [];
  expect(JSON.parse(json).person.name).toBe(name);
});

test("the policy allows what was built into the page, and nothing that is drawn into it", async () => {
  const draw = async () => new Response(`${TEMPLATE}<script>alert(1)</script>`, { headers: { "Set-Cookie": "a=b" } });
  const page = createDrawnPage({ draw, directory, https: true });
  const answer = await page(new Request("https://account.test/"));
  const policy = answer?.headers.get("Content-Security-Policy") ?? "";
  expect(policy.match(/'sha256-/g)).toHaveLength(2);
  expect(policy).toMatch(/script-src 'self' 'sha256-[\w+/=]+'; style-src 'self' 'sha256-[\w+/=]+';/);
  expect(answer?.headers.getSetCookie()).toEqual(["a=b"]);
  expect(await page(new Request("https://account.test/other"))).toBeNull();
  expect(await page(new Request("https://account.test/", { method: "POST" }))).toBeNull();
});
