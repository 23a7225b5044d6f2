import { readFile } from "node:fs/promises";
import { minify, type Plugin, transformWithOxc } from "vite";

/** The script that the page itself holds, as its source names it. */
const EARLY = /<script type="module" src="\/(src\/app\/early\.ts)"><\/script>/;
const SHEET = /<link rel="stylesheet"[^>]* href="\/([^"]+\.css)"[^>]*>/g;

/**
 * Puts into the built page what its first picture and its first press need: the sheet, and the script that remembers presses. As files
 * they would come one way to the server and back later than the page.
 */
export function inlined(root: string): Plugin[] {
  const isPage = (filename: string) => filename === `${root}index.html`;
  return [
    {
      name: "inlined-script",
      apply: "build",
      transformIndexHtml: {
        // Before Vite makes a file of it.
        order: "pre",
        async handler(html, { filename }) {
          const source = EARLY.exec(html)?.[1];
          if (!isPage(filename) || source === undefined) return html;
          const { code } = await transformWithOxc(await readFile(root + source, "utf8"), source);
          const small = await minify(source, `{${code}}`, { compress: true, mangle: true });
          return html.replace(EARLY, () => `<script>${small.code}</script>`);
        },
      },
    },
    {
      name: "inlined-sheet",
      apply: "build",
      transformIndexHtml: {
        order: "post",
        handler(html, { filename, bundle }) {
          if (!isPage(filename)) return html;
          return html.replaceAll(SHEET, (link, file: string) => {
            const sheet = bundle?.[file];
            if (sheet?.type !== "asset") return link;
            // Chunks would fetch the sheet that the page began with, where no link to it is found; a disabled one fetches nothing.
            return `<style>${String(sheet.source).trim()}</style><link rel="stylesheet" href="/${file}" disabled />`;
          });
        },
      },
    },
  ];
}
