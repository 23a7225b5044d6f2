/*
 * `npm run mutants`: takes away or turns upside down one guard, limit, seal or check at a time, in a copy of the sources, and shows
 * which named test goes red. Ends with the exit code 1 when one goes unnoticed or can no longer be made. `-- --only TEXT` runs those
 * whose name holds the text.
 */
import { GUARD_TESTS, guardMutations } from "./mutants/guards.mjs";
import { OTHER_MUTATIONS } from "./mutants/list.mjs";
import { namesOfGreen, openCopies, runMutations } from "./mutants/run-mutants.mjs";

const [flag, only = ""] = process.argv.slice(2);
if (flag !== undefined && flag !== "--only") {
  console.error("npm run mutants -- --only TEXT");
  process.exit(2);
}
const copies = openCopies();
const names = await namesOfGreen(copies, GUARD_TESTS);
const others = [...new Set(OTHER_MUTATIONS.flatMap(({ tests }) => tests))];
if (others.length > 0) await namesOfGreen(copies, others);
const mutations = [...guardMutations(names), ...OTHER_MUTATIONS].filter(({ what }) => what.includes(only));
let passed = 0;
let failed = 0;

function judge(isCaught, sentence) {
  if (isCaught) passed += 1;
  else failed += 1;
  console.log(`  ${isCaught ? "✓" : "✗"} ${sentence}`);
}

await runMutations(copies, mutations, ({ what, mutants }, { red, why }) => {
  console.log(`\n${what}`);
  // One run stands for the mutants of many doors where each has a test of its own; elsewhere the run is the mutant.
  for (const mutant of mutants ?? []) {
    const isRed = red.includes(mutant.testName);
    judge(isRed, `${mutant.what}: ${isRed ? mutant.testName : (why ?? `${mutant.testName} stays green`)}`);
  }
  if (!mutants)
    judge(
      red.length > 0,
      red[0] === undefined ? why : `${red[0]}${red.length > 1 ? ` and ${red.length - 1} more` : ""}`,
    );
});
console.log(`\n${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
