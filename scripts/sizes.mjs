/*
 * Holds the size budgets of the built page: what a browser fetches until the first screen can be used, and what the phone
 * screen adds to that. Which files those are is read from the build's own manifest, so a new import cannot slip past.
 * `--list` prints the files of each first screen, and a browser test shows that it works with those alone.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import filePlugin from "@size-limit/file";
import sizeLimit from "size-limit";
import { printSizes } from "./print-sizes.mjs";

const page = fileURLToPath(new URL("../dist/page", import.meta.url));

/**
 * Gzip kilobytes. React and react-dom alone are 67 of the first screens', and React Query, which comes with the engine, is 11; that the page's
 * program is two files costs one, and brings what comes after it sooner.
 */
const BUDGETS = { control: 6, initial: 82, first: 97, phone: 20, plan: 3, language: 5 };

/**
 * The screens somebody can meet first, each with the chunks that it fetches by itself before it reacts to its person. What
 * is fetched while it is read, for the screens after it, does not belong here.
 */
const FIRST_SCREENS = {
  "the panel of somebody signed in": ["engine"],
  "signing in by redirect": ["engine"],
  "signing in with a password": ["engine"],
};

/** The phone screen, what is there before it, and the folder of the numbering plans, of which the largest is counted. */
const PHONE = "enter-phone";
const BEFORE_PHONE = ["engine", "later-screens"];
const PLANS = /^phone-\w+$/;

/** A catalogue is one chunk, fetched where its language is spoken. */
const CATALOGUE = /^src\/ui\/messages\/locales\/(.+)\.ts\?values$/;

const manifest = JSON.parse(readFileSync(join(page, ".vite", "manifest.json"), "utf8"));

/** Gives the chunk and every chunk that it cannot run without. */
function closure(name, seen = new Set()) {
  if (seen.has(name) || !manifest[name]) return seen;
  seen.add(name);
  for (const needed of manifest[name].imports ?? []) closure(needed, seen);
  return seen;
}

/** Finds a chunk by its name. */
function keyOf(name) {
  const found = Object.keys(manifest).find((key) => manifest[key].name === name);
  if (!found) throw new Error(`There is no chunk "${name}" in the build.`);
  return found;
}

const filesOf = (names) => [...names].map((name) => manifest[name].file);

async function gzipBytes(files) {
  const paths = files.map((file) => join(page, file));
  const [found] = await sizeLimit([filePlugin], { checks: [{ files: paths, gzip: true }] });
  return found.size;
}

const initial = closure("index.html");
const withChunks = (names) => names.reduce((seen, name) => closure(keyOf(name), seen), new Set(initial));
const firstScreens = Object.entries(FIRST_SCREENS).map(([what, names]) => ({
  what,
  files: filesOf(withChunks(names)),
}));

if (process.argv.includes("--list")) {
  console.log(JSON.stringify(firstScreens));
  process.exit(0);
}

/** What stands in the page itself: with it the first control is there, and a press on it is remembered. */
const inline = [...readFileSync(join(page, "index.html"), "utf8").matchAll(/<(style|script)>([^]*?)<\/\1>/g)];

const beforePhone = withChunks(BEFORE_PHONE);
const phone = filesOf([...closure(keyOf(PHONE))].filter((key) => !beforePhone.has(key)));
const folder = readdirSync(join(page, "assets")).find((name) => PLANS.test(name));
const plans = folder ? readdirSync(join(page, "assets", folder)) : [];
const planSizes = await Promise.all(plans.map((name) => gzipBytes([join("assets", folder, name)])));

const languages = Object.keys(manifest).filter((name) => CATALOGUE.test(name));

if (inline.length < 2 || phone.length === 0 || plans.length === 0 || languages.length === 0) {
  console.error(
    "What stands in the page, the phone screen, its numbering plans or the catalogues were not found in the build: nothing was measured.",
  );
  process.exit(1);
}

const sizes = [
  {
    what: "Script and style until the first control works",
    bytes: gzipSync(inline.map(([, , text]) => text).join("")).byteLength,
    budget: BUDGETS.control,
  },
  { what: "Initial JavaScript", bytes: await gzipBytes(filesOf(initial)), budget: BUDGETS.initial },
  ...(await Promise.all(
    firstScreens.map(async ({ what, files }) => ({
      what: `JavaScript until it reacts, ${what}`,
      bytes: await gzipBytes(files),
      budget: BUDGETS.first,
    })),
  )),
  {
    what: "Phone screen with the largest numbering plan",
    bytes: (await gzipBytes(phone)) + Math.max(...planSizes),
    budget: BUDGETS.phone,
  },
  { what: "Largest numbering plan", bytes: Math.max(...planSizes), budget: BUDGETS.plan },
  ...(await Promise.all(
    languages.map(async (name) => ({
      what: `Catalogue ${CATALOGUE.exec(name)[1]}`,
      bytes: await gzipBytes([manifest[name].file]),
      budget: BUDGETS.language,
    })),
  )),
];
process.exit(printSizes(sizes) ? 0 : 1);
