import { accessFrom } from "./access-from.ts";
import { apply } from "./apply.ts";
import type { Part } from "./checklist.ts";
import { examine, type Known } from "./examine.ts";
import { createManagement } from "./management-calls.ts";
import type { Options } from "./options.ts";
import { planOf, type Step } from "./plan.ts";
import { outcomeText, planText, stepJson } from "./plan-report.ts";
import { exitCodeOf, jsonOf, textOf } from "./report.ts";
import { COULD_NOT_WORK, type Surroundings, writeJson } from "./surroundings.ts";

/** Shows the plan, asks, makes the changes and looks again. Gives the exit code by what is left. */
export async function changeTenant(
  around: Surroundings,
  options: Options,
  { steps, parts, ...known }: Known & { steps: readonly Step[]; parts: readonly Part[] },
): Promise<number> {
  if (!options.json) around.write(`\n${planText(steps, around.isColoured)}`);
  if (steps.length === 0) {
    if (options.json) writeJson(around, { ...jsonOf(parts), plan: [], outcomes: [] });
    return exitCodeOf(parts);
  }
  if (!options.yes) {
    const answer = await around.ask(`Make these ${steps.length} changes? Type yes: `, { isSecret: false });
    if (answer?.trim() !== "yes") {
      around.complain(
        answer === null
          ? "Nothing was changed: nobody could be asked; --yes does not ask.\n"
          : "Nothing was changed.\n",
      );
      return answer === null ? COULD_NOT_WORK : exitCodeOf(parts);
    }
  }
  const access = await accessFrom(around, known.ours, known.credentials);
  const management = createManagement(around, known.ours.managementBase, access);
  const outcomes = await apply(management, steps, {
    stop: around.stop,
    told: (outcome) => !options.json && around.write(outcomeText(outcome, around.isColoured)),
  });
  if (!around.stop.aborted) around.progress("looking again");
  const after = around.stop.aborted ? null : await examine(around, known);
  const told = outcomes.map(({ step, is, says }) => ({ ...stepJson(step), outcome: is, says }));
  if (options.json) writeJson(around, { ...jsonOf(after ?? parts), plan: steps.map(stepJson), outcomes: told });
  else if (after)
    around.write(
      `\n${textOf(after, planOf(after.flatMap(({ findings }) => findings)), { isColoured: around.isColoured })}`,
    );
  else around.write("Stopped. Run it again whenever you like: what is done already is left alone.\n");
  return exitCodeOf(after ?? parts);
}
