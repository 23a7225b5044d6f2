import { createHash } from "node:crypto";
import type { MetadataJson } from "libphonenumber-js/core";
import metadata from "libphonenumber-js/metadata.max";
import type { Plugin } from "vite";

const MAP = "virtual:phone-plans";
const PLAN = `${MAP}/`;

/**
 * Cuts the numbering plans of one calling code out of all of them. With its plan alone a number of that code gets the same
 * verdict as with the whole, for a hundredth of the bytes.
 */
export function cutPlan(callingCode: string, all: MetadataJson = metadata): MetadataJson {
  const regions = all.country_calling_codes[callingCode] ?? [];
  const countries = Object.fromEntries(regions.map((region) => [region, all.countries[region] ?? []]));
  return { version: all.version, country_calling_codes: { [callingCode]: regions }, countries, nonGeographic: {} };
}

/**
 * Provides `virtual:phone-plans`: which regions each calling code has, and the plan of each code as a chunk of its own
 * that is fetched when the code is known. The chunks share one hashed folder instead of a hash each, because two
 * hundred hashes would weigh more than the rest of the phone field's own code.
 */
export function phonePlans(): Plugin {
  const codes = Object.keys(metadata.country_calling_codes);
  const edition = createHash("sha256").update(JSON.stringify(metadata)).digest("hex").slice(0, 8);
  return {
    name: "phone-plans",
    resolveId: (id) => (id === MAP || id.startsWith(PLAN) ? `\0${id}` : undefined),
    load(id) {
      if (id === `\0${MAP}`) return mapSource(codes);
      if (!id.startsWith(`\0${PLAN}`)) return undefined;
      return `export default ${JSON.stringify(cutPlan(id.slice(PLAN.length + 1)))};`;
    },
    outputOptions(options) {
      const others = options.chunkFileNames ?? "assets/[name]-[hash].js";
      return {
        ...options,
        chunkFileNames: (chunk) => {
          const code = chunk.facadeModuleId?.split(PLAN)[1];
          if (code !== undefined) return `assets/phone-${edition}/${code}.js`;
          return typeof others === "function" ? others(chunk) : others;
        },
      };
    },
  };
}

/** One string for the table: `44GBGGIMJE 49DE`, which compresses better than two hundred arrays. */
function mapSource(codes: readonly string[]): string {
  const table = codes.map((code) => code + (metadata.country_calling_codes[code] ?? []).join("")).join(" ");
  const loaders = codes.map((code) => `${code}:()=>import(${JSON.stringify(PLAN + code)})`).join(",");
  return `export const callingCodes=${JSON.stringify(table)};export const planLoaders={${loaders}};`;
}
