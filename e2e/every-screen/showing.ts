import { extname } from "node:path";
import type { Page } from "playwright/test";
import { inlineOf, pageHeaders } from "../../src/app/page-headers.ts";
import { en } from "../../src/ui/messages/en.ts";
import { enLater } from "../../src/ui/messages/en-later.ts";
import type { Sentences } from "../../src/ui/messages/messages.ts";
import type { SamplePage } from "./build.ts";
import type { Act, Sample } from "./sample.ts";
import { SAMPLES } from "./samples.ts";

/** Nothing listens there: every request is answered from memory. */
const ORIGIN = "http://localhost:1";

const TYPES: Readonly<Record<string, string>> = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml",
};

/** Opens the page of samples under the policy of the real one; `search` says in which language, such as `?locale=de`. */
export async function openSamples(page: Page, files: SamplePage, search = ""): Promise<void> {
  await page.route(`${ORIGIN}/**`, (route) => {
    const { pathname } = new URL(route.request().url());
    const name = pathname === "/" ? "/index.html" : pathname;
    if (name === "/favicon.svg") return route.fulfill({ status: 204 });
    const body = files.get(name);
    if (body === undefined) return route.fulfill({ status: 404 });
    const document = name === "/index.html";
    const inline = inlineOf(document ? body.toString() : "");
    const headers = Object.fromEntries(pageHeaders({ document, https: false, inline }));
    return route.fulfill({ body, headers: { ...headers, "Content-Type": TYPES[extname(name)] ?? "" } });
  });
  await page.goto(`${ORIGIN}/${search}`);
  await page.waitForFunction(() => "showSample" in globalThis);
}

const ENGLISH: Sentences = { ...en, ...enLater };

/** Shows one sample and does what is done on it, by the names the catalogue gives; ends when all of it is there. */
export async function showSample(page: Page, name: string, catalogue: Sentences = ENGLISH): Promise<void> {
  const sample = SAMPLES.get(name);
  if (sample === undefined) throw new Error(`There is no sample "${name}".`);
  await page.context().setOffline(false);
  await page.evaluate(async (wanted) => {
    const show: unknown = Reflect.get(globalThis, "showSample");
    if (typeof show !== "function") throw new Error("This is not the page of samples.");
    Reflect.apply(show, undefined, [wanted]);
    // What an effect fetches is drawn one picture later.
    for (let frame = 0; frame < 2; frame += 1) await new Promise(requestAnimationFrame);
  }, name);
  if (!waits(sample)) await page.locator(".mfa-loading").waitFor({ state: "detached" });
  for (const act of sample.acts ?? []) await perform(page, act, (english) => sayingsOf(english, catalogue));
}

/** Says whether a sample is of a screen that is not there yet. */
function waits({ state, unread }: Sample): boolean {
  if (state.step === "waiting") return (unread ?? null) === null;
  return (state.step === "enteringContact" && state.contact === null) || isCodeAwaited(state);
}

function isCodeAwaited(state: Sample["state"]): boolean {
  return state.step === "savingRecoveryCode" && state.codes === null && state.problem === null;
}

async function perform(page: Page, act: Act, say: (english: string) => RegExp): Promise<void> {
  const root = page.locator(".mfa-enroll");
  if (act === "leave") return page.keyboard.press("Tab");
  if (act === "go offline") return page.context().setOffline(true);
  if (act === "look away") return lookAway(page);
  if ("write" in act) return root.getByLabel(say(act.into)).fill(act.write);
  const name = say(act.press);
  const pressed = root.getByText(name).and(root.locator("summary"));
  const control = (role: "button" | "checkbox" | "combobox") => root.getByRole(role, { name });
  return pressed.or(control("combobox")).or(control("button")).or(control("checkbox")).click();
}

/** Tells the page that it is out of sight and in sight again: a browser without a window never says so by itself. */
function lookAway(page: Page): Promise<void> {
  return page.evaluate(() => {
    for (const visibility of ["hidden", "visible"]) {
      Object.defineProperty(document, "visibilityState", { configurable: true, value: visibility });
      document.dispatchEvent(new Event("visibilitychange"));
    }
  });
}

/** Returns what an English sentence is in a catalogue; two sentences that are one in English may be two elsewhere. */
function sayingsOf(english: string, catalogue: Sentences): RegExp {
  const keys = Object.keys(ENGLISH).filter((key) => ENGLISH[key] === english);
  const said = keys
    .map((key) => catalogue[key])
    .filter((sentence) => typeof sentence === "string")
    .map(escaped);
  if (said.length === 0) throw new Error(`No sentence is "${english}".`);
  return new RegExp(`^(?:${said.join("|")})$`);
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}

/** Returns what is wider than the page, and what is too small for a finger (WCAG 2.2, 2.5.5: 44 pixels). */
export function misfits(page: Page): Promise<string[]> {
  return page.evaluate((panel) => {
    const { scrollWidth, clientWidth } = document.documentElement;
    const tooWide = scrollWidth > clientWidth ? [`the page is ${scrollWidth} pixels wide`] : [];
    const targets = document.querySelectorAll(
      `${panel} :is(button, summary, label:has(input), .mfa-input, [role=option])`,
    );
    const tooSmall = [...targets].flatMap((target) => {
      const { width, height } = target.getBoundingClientRect();
      return Math.min(width, height) < 44 ? [`${width} by ${height} pixels: ${target.outerHTML}`] : [];
    });
    const cut = [...document.querySelectorAll(`${panel} .mfa-button`)].flatMap((button) =>
      button.scrollWidth > button.clientWidth ? [`runs over its button: ${button.textContent}`] : [],
    );
    return [...tooWide, ...tooSmall, ...cut];
  }, ".mfa-enroll");
}
