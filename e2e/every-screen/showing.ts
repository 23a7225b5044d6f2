import { extname } from "node:path";
import type { Page } from "playwright/test";
import { pageHeaders } from "../../src/app/page-headers.ts";
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

/** Opens the page of samples under the policy of the real one. */
export async function openSamples(page: Page, files: SamplePage): Promise<void> {
  await page.route(`${ORIGIN}/**`, (route) => {
    const { pathname } = new URL(route.request().url());
    const name = pathname === "/" ? "/index.html" : pathname;
    if (name === "/favicon.svg") return route.fulfill({ status: 204 });
    const body = files.get(name);
    if (body === undefined) return route.fulfill({ status: 404 });
    const headers = Object.fromEntries(pageHeaders({ document: name === "/index.html", https: false }));
    return route.fulfill({ body, headers: { ...headers, "Content-Type": TYPES[extname(name)] ?? "" } });
  });
  await page.goto(`${ORIGIN}/`);
  await page.waitForFunction(() => "showSample" in globalThis);
}

/** Shows one sample and does what is done on it; ends when all of it is there. */
export async function showSample(page: Page, name: string): Promise<void> {
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
  for (const act of sample.acts ?? []) await perform(page, act);
}

/** Says whether a sample is of a screen that is not there yet. */
function waits({ state, unread }: Sample): boolean {
  if (state.step === "waiting") return (unread ?? null) === null;
  return (state.step === "enteringContact" && state.contact === null) || isCodeAwaited(state);
}

function isCodeAwaited(state: Sample["state"]): boolean {
  return state.step === "savingRecoveryCode" && state.codes === null && state.problem === null;
}

async function perform(page: Page, act: Act): Promise<void> {
  const root = page.locator(".mfa-enroll");
  if (act === "leave") return page.keyboard.press("Tab");
  if (act === "go offline") return page.context().setOffline(true);
  if ("write" in act) return root.getByLabel(act.into, { exact: true }).fill(act.write);
  const field = root.getByRole("combobox", { name: act.press });
  const button = root.getByRole("button", { name: act.press, exact: true });
  return root.getByText(act.press, { exact: true }).and(root.locator("summary")).or(field).or(button).click();
}
