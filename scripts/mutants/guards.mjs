/*
 * The guards' mutants, made from the manifest: each guard taken away from each door that it stands before, and each turned upside
 * down there. A test looks at one door alone, so one run with a guard changed everywhere tells for each door what it would for that
 * door's own mutant. Which guards stand where is read off the names of the tests, which the manifest makes.
 */
const FILE = "src/bff/guards.ts";
/** The tests that are made for each door and guard. */
export const GUARD_TESTS = ["src/bff/manifest.test.ts"];
const NAME = /^the door (\w+) refuses what its guard (\w+) is there for, and changes nothing$/;

/**
 * Returns the mutations with the mutants that each stands for: `{ what, edits, tests, mutants: [{ what, testName }] }`. `names` are
 * those of the tests of {@link GUARD_TESTS}.
 */
export function guardMutations(names) {
  const doorsOf = new Map();
  for (const [, door, guard] of names.map((name) => NAME.exec(name) ?? []))
    if (guard !== undefined) doorsOf.set(guard, [...(doorsOf.get(guard) ?? []), door]);
  return [...doorsOf].flatMap(([guard, guarded]) => {
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
        tests: GUARD_TESTS,
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
        tests: GUARD_TESTS,
        mutants: guarded.map((door) => ({
          what: `${door} with ${guard} upside down`,
          testName: `the door ${door} lets its honest request through its guards`,
        })),
      },
    ];
  });
}
