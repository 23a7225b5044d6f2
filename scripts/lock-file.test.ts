import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import * as z from "zod/mini";

const entrySchema = z.object({
  resolved: z.optional(z.string()),
  integrity: z.optional(z.string()),
  hasInstallScript: z.optional(z.boolean()),
  link: z.optional(z.boolean()),
});
const lockSchema = z.object({ packages: z.record(z.string(), entrySchema) });
const read = (file: string): unknown => JSON.parse(readFileSync(new URL(`../${file}`, import.meta.url), "utf8"));

const packages = Object.entries(lockSchema.parse(read("package-lock.json")).packages).filter(([path]) => path !== "");

test("every package is pinned by its hash, and none comes from anywhere but the registry", () => {
  expect(packages.length).toBeGreaterThan(100);
  const loose = packages.filter(
    ([, { resolved = "https://registry.npmjs.org/", integrity = "", link }]) =>
      link === true || !resolved.startsWith("https://registry.npmjs.org/") || !integrity.startsWith("sha512-"),
  );
  expect(loose).toEqual([]);
});

test("no package runs a script of its own when it is installed, but for one that only macOS gets", () => {
  const running = packages.filter(([, { hasInstallScript = false }]) => hasInstallScript).map(([path]) => path);
  expect(running.filter((path) => !path.endsWith("node_modules/fsevents"))).toEqual([]);
});

test("what is asked for is asked for in one version each", () => {
  const manifest = z
    .object({ dependencies: z.record(z.string(), z.string()), devDependencies: z.record(z.string(), z.string()) })
    .parse(read("package.json"));
  const asked = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies });
  expect(asked.filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
});
