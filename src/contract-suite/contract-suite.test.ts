import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, test } from "vitest";

import { createInProcessTarget } from "./in-process-target.ts";
import { play } from "./play.ts";
import { label } from "./report.ts";
import { SUITE } from "./suite.ts";

const target = createInProcessTarget();
const ALL = SUITE.flatMap(({ behaviours }) => behaviours);

const CHAPTERS = SUITE.map(({ heading, behaviours }) => {
  return [heading, behaviours.map((behaviour) => [label(behaviour), behaviour] as const)] as const;
});

describe.each(CHAPTERS)("%s", (_heading, behaviours) => {
  test.each(behaviours)("%s", async (_title, behaviour) => {
    expect(await play(behaviour, target)).toEqual({ kind: "ok" });
  });
});

describe("the suite", () => {
  test("names more than eighty documented behaviours, each once", () => {
    const titles = ALL.map(({ title }) => title);
    expect(titles.length).toBe(new Set(titles).size);
    expect(ALL.filter(({ source }) => source !== "undocumented").length).toBeGreaterThan(80);
  });

  test("holds no real tenant to what no source settles", () => {
    const loose = ALL.filter(({ source, needs }) => source === "undocumented" && !needs.includes("switches"));
    expect(loose.map(({ title }) => title)).toEqual([]);
  });

  test("knows the simulator in one file only, and nothing else of this repository", () => {
    const room = import.meta.dirname;
    const files = readdirSync(room, { recursive: true, encoding: "utf8" }).filter((file) =>
      /(?<!\.test)\.ts$/.test(file),
    );
    const outside = files.filter((file) => {
      const depth = file.split(/[/\\]/).length - 1;
      return readFileSync(join(room, file), "utf8").includes(`from "${"../".repeat(depth + 1)}`);
    });
    expect(files.length).toBeGreaterThan(15);
    expect(outside).toEqual(["in-process-target.ts"]);
  });
});
