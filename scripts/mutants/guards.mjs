/*
 * The guards' mutants, made from the manifest: each guard taken away from each door that it stands before, and each turned upside
 * down there. A test looks at one door alone, so one run with a guard changed everywhere tells for each door what it would for that
 * door's own mutant.
 */
import { doors } from "../../src/bff/manifest.ts";

const FILE = "src/bff/guards.ts";
const TESTS = ["src/bff/manifest.test.ts"];
const NAMES = [
  "host",
  "repeated",
  "header",
  "site",
  "origin",
  "key",
  "mediaType",
  "encoding",
  "size",
  "form",
  "signedIn",
];

/** Returns the mutations with the mutants that each stands for: `{ what, edits, tests, mutants: [{ what, testName }] }`. */
export function guardMutations() {
  return NAMES.flatMap((guard) => {
    const guarded = doors.filter(({ without }) => !Object.hasOwn(without, guard)).map(({ name }) => name);
    return [
      {
        what: `the guard ${guard} is taken away`,
        edits: [
          {
            file: FILE,
            from: "GUARDS.filter(({ name }) => !Object.hasOwn(door.without, name))",
            to: `GUARDS.filter(({ name }) => !Object.hasOwn(door.without, name) && name !== "${guard}")`,
          },
        ],
        tests: TESTS,
        mutants: guarded.map((door) => ({
          what: `${door} without ${guard}`,
          testName: `the door ${door} refuses what its guard ${guard} is there for, and changes nothing`,
        })),
      },
      {
        what: `the guard ${guard} is turned upside down`,
        edits: [
          {
            file: FILE,
            from: "      for (const guard of here) guard.look(looked);\n",
            to: `      for (const guard of here) {
        if (guard.name !== "${guard}") {
          guard.look(looked);
          continue;
        }
        let isRefused = false;
        try {
          guard.look(looked);
        } catch {
          isRefused = true;
        }
        if (!isRefused) refuse("request_refused", guard.name);
      }
`,
          },
        ],
        tests: TESTS,
        mutants: guarded.map((door) => ({
          what: `${door} with ${guard} upside down`,
          testName: `the door ${door} lets its honest request through its guards`,
        })),
      },
    ];
  });
}
