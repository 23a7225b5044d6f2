/*
 * Holds what the doors for browsers cost a page of somebody else's, in gzip kilobytes of 1,000 bytes: the React door as a host's Vite bundles
 * it, without what the host brings, and the file for a script tag with all that is in it. What is fetched is followed by the imports in the
 * files themselves.
 */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import filePlugin from "@size-limit/file";
import sizeLimit from "size-limit";
import { build } from "vite";
import { buildBrowserDoors, PEERS } from "./package.mjs";
import { printSizes } from "./print-sizes.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const doors = join(root, "dist", "doors");
const host = join(root, "dist", "doors-host");

/** What somebody fetches who goes from the panel to a phone by text message, by the names of the chunks; `1` is a plan of a calling code. */
const FLOW = [
  "engine",
  "later-screens",
  "announcement",
  "problem-sentence",
  "enter-phone",
  "1",
  "enter-code",
  "use-texted-code",
  "save-recovery-code",
];

/** Returns a file and those that it cannot run without. */
function closure(folder, file, seen = new Set()) {
  if (seen.has(file)) return seen;
  seen.add(file);
  const text = readFileSync(join(folder, file), "utf8");
  for (const [, path] of text.matchAll(/(?:^|[;}])(?:import|export)[\w*{}$,\s]*?(?:from)?["'](\.{1,2}\/[^"']+)["']/gm))
    closure(folder, join(dirname(file), path), seen);
  return seen;
}

/** Returns the chunks of these names with what they need. Throws where one is missing, for then something else would be measured. */
function chunksOf(folder, below, names) {
  const there = readdirSync(join(folder, below));
  return names.flatMap((name) => {
    const found = there.filter((file) => file.endsWith(".js") && new RegExp(`^${name}-[\\w-]{8}`).test(file));
    if (found.length !== 1) throw new Error(`There are ${found.length} chunks "${name}" in ${below}.`);
    return [...closure(folder, join(below, found[0]))];
  });
}

async function gzipBytes(folder, files) {
  const paths = [...new Set(files)].map((file) => join(folder, file));
  const [found] = await sizeLimit([filePlugin], { checks: [{ files: paths, gzip: true }] });
  return found.size;
}

for (const folder of [doors, host]) rmSync(folder, { recursive: true, force: true });
mkdirSync(host, { recursive: true });
await buildBrowserDoors(doors);
writeFileSync(
  join(host, "main.js"),
  'import { MfaSettings } from "../doors/react.js";\nglobalThis.shown = MfaSettings;\n',
);
const external = (id) => Object.keys(PEERS).some((name) => id === name || id.startsWith(`${name}/`));
await build({
  root: host,
  configFile: false,
  logLevel: "warn",
  build: {
    modulePreload: false,
    rolldownOptions: {
      input: join(host, "main.js"),
      external,
      output: { entryFileNames: "[name].js", chunkFileNames: "assets/[name]-[hash].js" },
    },
  },
});
const built = join(host, "dist");
const alone = join(doors, "alone");
const first = [...closure(alone, "element.js")];
const early = closure(built, "main.js");
// It is the host's and not counted, and yet fetched before the first picture where that asks for it.
if ([...early].some((file) => readFileSync(join(built, file), "utf8").includes("@tanstack/react-query")))
  throw new Error("The React door's first screen waits for React Query.");
const sizes = [
  {
    what: "React door up to the first screen, on top of its peers",
    bytes: await gzipBytes(built, early),
    budget: 14,
  },
  { what: "Script tag up to the first screen, all in", bytes: await gzipBytes(alone, first), budget: 32 },
  {
    what: "Script tag, the whole way to a phone by text message",
    bytes: await gzipBytes(alone, [...first, ...chunksOf(alone, "chunks", FLOW)]),
    budget: 75,
  },
];
process.exit(printSizes(sizes) ? 0 : 1);
