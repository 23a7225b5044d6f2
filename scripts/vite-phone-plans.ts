import { createHash } from "node:crypto";
import { posix } from "node:path";
import { gzipSync } from "node:zlib";
import type { MetadataJson } from "libphonenumber-js/core";
import metadata from "libphonenumber-js/metadata.max";
import type { Plugin } from "vite";

const MAP = "virtual:phone-plans";
const PLAN = `${MAP}/`;
const NAMES = "virtual:own-names";
/** Stands for the folder of the plans until the chunk that fetches them has its place. */
const FOLDER = "__PHONE_PLANS__";

const codes = Object.keys(metadata.country_calling_codes);
/** One hash for all plans: two hundred of them in the page's code would weigh more than the phone field's own logic. */
const folder = `assets/phone-${createHash("sha256").update(JSON.stringify(metadata)).digest("hex").slice(0, 8)}`;

/**
 * Cuts the numbering plans of one calling code out of all of them. With its plan alone a number of that code gets the same
 * verdict as with the whole, for a hundredth of the bytes.
 */
function cutPlan(callingCode: string, all: MetadataJson = metadata): MetadataJson {
  const regions = all.country_calling_codes[callingCode] ?? [];
  const countries = Object.fromEntries(regions.map((region) => [region, all.countries[region] ?? []]));
  return { version: all.version, country_calling_codes: { [callingCode]: regions }, countries, nonGeographic: {} };
}

/**
 * Provides `virtual:phone-plans`: which regions each calling code has, and the plan of each code as a module of its own
 * that is fetched when the code is known. A build writes the plans as files and fetches them by a computed relative
 * import, which browsers understand. `isBundledAgain`: what is built goes through a host's bundler, which has to be told each of them.
 * And `virtual:own-names`: what the regions call themselves, which is wanted later than the rest.
 */
export function phonePlans({ isBundledAgain = false }: { isBundledAgain?: boolean } = {}): Plugin {
  let isComputed = false;
  return {
    name: "phone-plans",
    configResolved: ({ command }) => {
      isComputed = command === "build" && !isBundledAgain;
    },
    resolveId: (id) => (id === MAP || id === NAMES || id.startsWith(PLAN) ? `\0${id}` : undefined),
    load(id) {
      if (id === `\0${MAP}`) return mapSource(isComputed);
      if (id === `\0${NAMES}`) return `export const ownNames=${JSON.stringify(ownNames())};`;
      return id.startsWith(`\0${PLAN}`) ? groupSource(id.slice(PLAN.length + 1)) : undefined;
    },
    renderChunk(code, chunk) {
      if (!code.includes(FOLDER)) return null;
      return { code: code.replaceAll(FOLDER, `./${posix.relative(posix.dirname(chunk.fileName), folder)}`), map: null };
    },
    generateBundle(_options, bundle) {
      // A server never fetches a plan: it has all of them.
      if (this.environment.config.consumer === "server" || !isComputed) return;
      const asks = Object.values(bundle).some((file) => file.type === "chunk" && file.moduleIds.includes(`\0${MAP}`));
      if (!asks) return;
      for (const code of codes)
        this.emitFile({ type: "asset", fileName: `${folder}/${code}.js`, source: planSource(code) });
    },
  };
}

function planSource(code: string): string {
  return `export default ${JSON.stringify(cutPlan(code))};`;
}

function mapSource(isComputed: boolean): string {
  // One string for the table, `44GBGGIMJE 49DE`, compresses better than two hundred arrays.
  const table = codes.map((code) => code + (metadata.country_calling_codes[code] ?? []).join("")).join(" ");
  const loadPlan = isComputed ? `(code)=>import(/* @vite-ignore */ "${FOLDER}/"+code+".js")` : groupLoader();
  return `export const callingCodes=${JSON.stringify(table)};export const loadPlan=${loadPlan};`;
}

/**
 * Bytes (gzip); a bundler's own writing adds a tenth, which makes the three kB that the largest plan takes alone. Fewer imports to tell a host's
 * bundler of, and nobody fetches more for their own code.
 */
const MOST_OF_A_GROUP = 2_600;

let groups: string[][] | null = null;

/** Calling codes in their numeric order, in groups whose plans are fetched together. */
function groupsOfCodes(): readonly (readonly string[])[] {
  if (groups) return groups;
  groups = [];
  for (const code of codes.toSorted((a, b) => Number(a) - Number(b))) {
    const group = groups.at(-1);
    if (group && gzipSync(plansSource([...group, code])).byteLength <= MOST_OF_A_GROUP) group.push(code);
    else groups.push([code]);
  }
  return groups;
}

function plansSource(group: readonly string[]): string {
  return `export default {${group.map((code) => `${code}:${JSON.stringify(cutPlan(code))}`).join(",")}};`;
}

/** The plans of the group that begins with this code. */
function groupSource(first: string): string {
  return plansSource(groupsOfCodes().find(([code]) => code === first) ?? []);
}

/** Fetches the group of a code, which is the last one that does not begin after it. */
function groupLoader(): string {
  const loaders = groupsOfCodes().map(([first = ""]) => `${first}:()=>import(${JSON.stringify(PLAN + first)})`);
  return `async(code)=>{const groups={${loaders.join(",")}};const first=Object.keys(groups).findLast((one)=>+one<=+code);return{default:(await groups[first]()).default[code]}}`;
}

/**
 * Writes what regions are called in their own likely language, `DEDeutschland|PLPolska`. Here and not in the page, where the
 * eighty languages would take a slow phone half a second. English names are the same as those the page shows.
 */
function ownNames(): string {
  return Object.keys(metadata.countries)
    .flatMap((region) => {
      const { language } = new Intl.Locale(`und-${region}`).maximize();
      const name = new Intl.DisplayNames([language], { type: "region", fallback: "none" }).of(region);
      return language === "en" || name === undefined ? [] : [region + name];
    })
    .join("|");
}
