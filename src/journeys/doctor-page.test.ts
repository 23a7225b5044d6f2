import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { SETUP_FAULTS } from "../simulator/plant-faults.ts";
import { hasTest, testsIn } from "./named-tests.ts";

const ROOT = new URL("../../", import.meta.url);
const page = readFileSync(new URL("docs/doctor.md", ROOT), "utf8");
const [, table = ""] = /<!-- findings:begin -->\n([\s\S]+)<!-- findings:end -->/.exec(page) ?? [];
const rows = [...table.matchAll(/^\| `([a-z*-]+)` \| (.+?) \| (.+) \| (yes|by hand) \|$/gm)].map(
  ([, id = "", level = "", means = "", mended = ""]) => ({ id, level, means, mended }),
);
const names = rows.map(({ id }) => id);

const room = new URL("src/doctor/", ROOT);
const sources = ["", "checks/"].flatMap((folder) =>
  readdirSync(new URL(folder, room))
    .filter((file) => /(?<!\.test)\.ts$/.test(file))
    .map((file) => readFileSync(new URL(folder + file, room), "utf8")),
);

/** The ids that the source names as those of a finding; what is put in their middle stands as a star. */
const named = sources.flatMap((text) =>
  [...text.matchAll(/\bid: (?:"([a-z-]+)"|`([^`]+)`),\n\s+level/g)].map(([, plain, built]) =>
    (plain ?? built ?? "").replaceAll(/\$\{[^`]*\}/g, "*"),
  ),
);

describe("the page on the doctor", () => {
  test("explains each finding that there is, and no other", () => {
    const covers = (pattern: string) => new RegExp(`^${pattern.replaceAll("*", "[a-z-]+")}$`);
    expect(named.length).toBeGreaterThan(20);
    expect(named.filter((id) => !names.some((name) => name === id || covers(id).test(name)))).toEqual([]);
    const planted = SETUP_FAULTS.map(({ id }) => id);
    expect(planted.filter((id) => !names.includes(id))).toEqual([]);
    const known = (name: string) =>
      planted.includes(name) || named.some((id) => id === name || covers(id).test(name)) || name.startsWith("probe-");
    expect(names.filter((name) => !known(name))).toEqual([]);
    expect(new Set(names).size).toBe(names.length);
  });

  test("proves each promise by a test that there is", () => {
    const tests = testsIn(page);
    expect(tests.length).toBeGreaterThan(10);
    expect(tests.filter((one) => !hasTest(ROOT, one))).toEqual([]);
  });

  test("names each scope that reading needs", () => {
    const scopes = readFileSync(new URL("scopes.ts", room), "utf8").match(/read:\w+/g) ?? [];
    expect(scopes.length).toBeGreaterThan(5);
    expect(scopes.filter((scope) => !page.includes(`\`${scope}\``))).toEqual([]);
  });

  test("is linked from the README", () => {
    expect(readFileSync(new URL("README.md", ROOT), "utf8")).toContain("](docs/doctor.md)");
  });
});
