import { accessFrom } from "./access-from.ts";
import { apply, type Outcome } from "./apply.ts";
import type { Part } from "./checklist.ts";
import { examine, type Known } from "./examine.ts";
import { createManagement } from "./management-calls.ts";
import type { Options } from "./options.ts";
import { planOf, type Step } from "./plan.ts";
import { outcomeText, planText, stepJson } from "./plan-report.ts";
import { exitCodeOf, jsonOf, textOf } from "./report.ts";
import { COULD_NOT_WORK, INTERRUPTED, type Surroundings, writeJson } from "./surroundings.ts";

/** Shows the plan, asks, makes the changes and looks again. Gives the exit code by what is left. */
export async function changeTenant(
  around: Surroundings,
  options: Options,
  { steps, parts, ...known }: Known & { steps: readonly Step[]; parts: readonly Part[] },
): Promise<number> {
  if (!options.json) around.write(`\n${planText(steps, around)}`);
  if (steps.length === 0) {
    if (options.json) writeJson(around, { ...jsonOf(parts), plan: [], outcomes: [] });
    return exitCodeOf(parts);
  }
  if (!options.yes) {
    const answer = await around.ask(
      `${steps.length === 1 ? "Make this change" : `Make these ${steps.length} changes`}? Type yes: `,
      { isSecret: false },
    );
    if (answer?.trim() !== "yes") {
      around.complain(
        answer === null
          ? "Nothing was changed: nobody could be asked; --yes does not ask.\n"
          : "Nothing was changed.\n",
      );
      return answer === null ? COULD_NOT_WORK : exitCodeOf(parts);
    }
  }
  const [outcomes, isStopped] = await around.whileChanging(async (stop) => {
    const access = await accessFrom(around, known.ours, known.credentials);
    const management = createManagement(around, known.ours.managementBase, access);
    const told = (outcome: Outcome) => !options.json && around.write(outcomeText(outcome, around.isColoured));
    return [await apply(management, steps, { stop, told }), stop.aborted] as const;
  });
  const json = {
    plan: steps.map(stepJson),
    outcomes: outcomes.map(({ step, is, says }) => ({ ...stepJson(step), outcome: is, says })),
  };
  if (isStopped) {
    if (options.json) writeJson(around, { ...jsonOf(parts), exitCode: INTERRUPTED, ...json });
    else around.write("Stopped. Run it again whenever you like: what is done already is left alone.\n");
    return INTERRUPTED;
  }
  around.progress("looking again");
  const after = await examine(around, known);
  if (options.json) writeJson(around, { ...jsonOf(after), ...json });
  else around.write(`\n${textOf(after, planOf(after), around)}`);
  return exitCodeOf(after);
}
