import { readFileSync } from "node:fs";
import { join } from "node:path";
import { renderToString } from "react-dom/server";
import type { RenderPage } from "../bff/draw-page.ts";
import type { SessionView } from "../contract/session-view.ts";
import { loadLocale } from "../ui/messages/use-translation.ts";
import { Guest } from "./guest.tsx";
import { sessionScript } from "./session-script.ts";

/** What is fetched beside the page's own program, while the first screen is read: what is pressed next needs it. */
const SOON = ["src/ui/engine.ts", "src/ui/later-screens.tsx", "src/ui/lazy-screens.ts"];
const PHONE_SOON = ["src/ui/screens/enter-phone.tsx"];

type Manifest = Readonly<Record<string, { file: string; imports?: readonly string[] }>>;

/**
 * Creates what draws the built page in `directory` for whoever is there: their first screen as HTML, their session as data, and what they
 * are likely to need next named in the head. `dress` may change the page for a request, and names the language of the guest.
 */
export function createRenderPage({
  directory,
  dress = (html) => ({ html, locale: "en" }),
}: {
  directory: string;
  dress?: (html: string, request: Request) => { html: string; locale: string };
}): RenderPage {
  const template = readFileSync(join(directory, "index.html"), "utf8");
  const manifest = readManifest(join(directory, ".vite", "manifest.json"));
  const there = closure(manifest, ["index.html"]);
  const soon = (modules: readonly string[]) =>
    preloads(
      manifest,
      [...closure(manifest, modules)].filter((name) => !there.has(name)),
    );
  const always = soon(SOON);
  const withPhone = soon([...SOON, ...PHONE_SOON]);

  return async (view, request) => {
    const { html, locale } = dress(template, request);
    if (view === null) return html;
    await loadLocale(locale);
    const path = new URL(request.url).pathname;
    const guest = renderToString(<Guest path={path} locale={locale} initialView={view} />);
    return html
      .replace("</head>", () => `${isPhoneLikely(view) ? withPhone : always}</head>`)
      .replace(/<!--guest-->[^]*<!--\/guest-->/, () => guest)
      .replace("<!--session-->", () => sessionScript(view));
  };
}

function readManifest(path: string): Manifest {
  const manifest: unknown = JSON.parse(readFileSync(path, "utf8"));
  if (!isManifest(manifest)) throw new Error(`${path} does not say what the page is made of.`);
  return manifest;
}

/** It is our own build's, so that it is looked at no further. */
function isManifest(written: unknown): written is Manifest {
  return typeof written === "object" && written !== null && "index.html" in written;
}

function isPhoneLikely({ person, can, channels }: SessionView): boolean {
  return person !== null && can.add !== "no" && channels.some((channel) => channel === "sms" || channel === "voice");
}

/** Returns what modules cannot run without, themselves among it. */
function closure(manifest: Manifest, modules: readonly string[], seen = new Set<string>()): Set<string> {
  for (const name of modules) {
    const chunk = manifest[name];
    if (!chunk || seen.has(name)) continue;
    seen.add(name);
    closure(manifest, chunk.imports ?? [], seen);
  }
  return seen;
}

function preloads(manifest: Manifest, names: readonly string[]): string {
  return names
    .map((name) => `<link rel="modulepreload" crossorigin fetchpriority="low" href="/${manifest[name]?.file}">`)
    .join("");
}
