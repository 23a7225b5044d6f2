import { readFileSync } from "node:fs";
import { join } from "node:path";
import { renderToString } from "react-dom/server";
import type { RenderPage } from "../bff/draw-page.ts";
import type { SessionView } from "../contract/session-view.ts";
import { loadLocale } from "../ui/messages/use-translation.ts";
import { Guest } from "./guest.tsx";
import { sessionScript } from "./session-script.ts";

/** The chunks that are fetched after the page's own program, while the first screen is read: what is pressed next needs them. */
const SOON = ["engine"];
const LATER = ["later-screens"];
const LATER_WITH_PHONE = [...LATER, "enter-phone"];

type Manifest = Readonly<Record<string, { file: string; name?: string; imports?: readonly string[] }>>;

/**
 * Creates what draws the built page in `directory` for whoever is there: their first screen as HTML, their session as data, and what they
 * are likely to need next in templates of its head. `dress` may change the page for a request, and names the language of the guest.
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
  const always = preloads(manifest, [SOON, LATER]);
  const withPhone = preloads(manifest, [SOON, LATER_WITH_PHONE]);

  return async (view, request) => {
    const { html, locale } = dress(template, request);
    if (view === null) return html;
    await loadLocale(locale);
    const path = new URL(request.url).pathname;
    const guest = renderToString(<Guest path={path} locale={locale} initialView={view} />);
    return (
      html
        // Before the program's own tag: in Firefox a link to what is on its way already is told of as a failure.
        .replace('<script type="module"', (tag) => `${isPhoneLikely(view) ? withPhone : always}${tag}`)
        .replace(/<!--guest-->[^]*<!--\/guest-->/, () => guest)
        .replace("<!--session-->", () => sessionScript(view))
    );
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

/**
 * Writes what is to be fetched after the page's own program, which is two files, in some turns. Each turn stands in a template behind the file
 * before it, and `early.ts` opens it when that is there: the first when the smaller of the two is, so that the request is on its way while the rest of
 * the greater one comes.
 */
function preloads(manifest: Manifest, turns: readonly (readonly string[])[]): string {
  const program = "index.html";
  const there = closure(manifest, [program]);
  const written = turns.map((names) => {
    const needed = [...closure(manifest, keysOf(manifest, names))].filter((key) => !there.has(key));
    for (const key of needed) there.add(key);
    return needed.map((key) => preload(manifest, key)).join("");
  });
  // A template is opened by the file before it, so none may be empty.
  return (
    preload(manifest, program) +
    written.filter((turn) => turn !== "").reduceRight((later, turn) => `<template>${turn}${later}</template>`, "")
  );
}

/** Finds chunks by their names. Throws where one is not there, for then nothing of it would ever be asked for early. */
function keysOf(manifest: Manifest, names: readonly string[]): string[] {
  return names.map((name) => {
    const found = Object.keys(manifest).find((key) => manifest[key]?.name === name);
    if (found === undefined) throw new Error(`The page was built without the chunk "${name}".`);
    return found;
  });
}

/** Returns what chunks cannot run without, themselves among it. */
function closure(manifest: Manifest, keys: readonly string[], seen = new Set<string>()): Set<string> {
  for (const key of keys) {
    const chunk = manifest[key];
    if (!chunk || seen.has(key)) continue;
    seen.add(key);
    closure(manifest, chunk.imports ?? [], seen);
  }
  return seen;
}

function preload(manifest: Manifest, key: string): string {
  return `<link rel="modulepreload" crossorigin href="/${manifest[key]?.file}">`;
}
