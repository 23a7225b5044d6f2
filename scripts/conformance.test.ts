import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

test("the document on accessibility names the criteria and the tests that there are", () => {
  const checked = spawnSync(process.execPath, [at("./conformance.mjs"), "--check"], { encoding: "utf8" });
  expect(checked.stderr).toBe("");
  expect(checked.status).toBe(0);
});

test("the README leads to the document on accessibility", () => {
  expect(readFileSync(at("../README.md"), "utf8")).toContain("](docs/accessibility.md)");
});
