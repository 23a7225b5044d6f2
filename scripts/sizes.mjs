/*
 * Holds the size budgets of the built page: what a browser fetches until the first screen can be used, and what the phone
 * screen adds to that. Which files those are is read from the build's own manifest, so a new import cannot slip past.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import filePlugin from "@size-limit/file";
import sizeLimit from "size-limit";

const page = fileURLToPath(new URL("../dist/page", import.meta.url));

/** Gzip kilobytes. React and react-dom alone are 66 of the first number; the rest is what an account page can bear. */
const BUDGETS = { initial: 95, phone: 30 };
const KILOBYTE = 1000;

/** The phone screen; what it needs is found by its imports, and of the numbering plans the largest is counted. */
const PHONE_MODULE = /^src\/ui\/screens\/enter-phone\.tsx$/;
const PLAN = /^assets\/phone-[^/]+\/\d+\.js$/;

const manifest = JSON.parse(readFileSync(join(page, ".vite", "manifest.json"), "utf8"));

/** Gives the chunk and every chunk that it cannot run without. */
function closure(name, seen = new Set()) {
  if (seen.has(name)) return seen;
  seen.add(name);
  for (const needed of manifest[name].imports ?? []) closure(needed, seen);
  return seen;
}

const filesOf = (names) => [...names].map((name) => join(page, manifest[name].file));

async function gzipBytes(files) {
  const [found] = await sizeLimit([filePlugin], { checks: [{ files, gzip: true }] });
  return found.size;
}

const initial = closure("index.html");
const phone = new Set(
  Object.keys(manifest)
    .filter((name) => manifest[name].isDynamicEntry && PHONE_MODULE.test(manifest[name].src ?? ""))
    .flatMap((name) => [...closure(name)])
    .filter((name) => !initial.has(name)),
);
const plans = Object.keys(manifest).filter((name) => PLAN.test(manifest[name].file));
const planSizes = await Promise.all(plans.map((name) => gzipBytes(filesOf([name]))));

if (phone.size === 0 || plans.length === 0) {
  console.error("The phone screen or its numbering plans were not found in the build: nothing was measured.");
  process.exit(1);
}

const sizes = [
  { what: "JavaScript up to the first screen", bytes: await gzipBytes(filesOf(initial)), budget: BUDGETS.initial },
  {
    what: "Phone screen with the largest numbering plan",
    bytes: (await gzipBytes(filesOf(phone))) + Math.max(...planSizes),
    budget: BUDGETS.phone,
  },
];
let over = false;
for (const { what, bytes, budget } of sizes) {
  const fits = bytes <= budget * KILOBYTE;
  over ||= !fits;
  console.log(`${fits ? "✓" : "✗"} ${what}: ${(bytes / KILOBYTE).toFixed(1)} kB gzip of ${budget} kB`);
}
process.exit(over ? 1 : 0);
