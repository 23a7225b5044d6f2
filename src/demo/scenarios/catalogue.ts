import type { ScenarioView } from "../demo-view.ts";
import { ACCOUNTS } from "./accounts.ts";
import { CODES } from "./codes.ts";
import { HAPPY_PATHS } from "./happy-paths.ts";
import { LOST_ANSWERS } from "./lost-answers.ts";
import { NETWORK } from "./network.ts";
import type { Scenario, ScenarioGroup } from "./scenario.ts";
import { SENDS } from "./sends.ts";
import { TENANT } from "./tenant.ts";

/** Every scenario there is, in the order in which they are listed. */
export const SCENARIOS: readonly ScenarioGroup[] = [
  { title: "Happy paths", scenarios: HAPPY_PATHS },
  { title: "Codes", scenarios: CODES },
  { title: "Sends and limits", scenarios: SENDS },
  { title: "Lost answers", scenarios: LOST_ANSWERS },
  { title: "Tenant settings", scenarios: TENANT },
  { title: "Accounts", scenarios: ACCOUNTS },
  { title: "Network", scenarios: NETWORK },
];

/** Finds a scenario by its name. */
export function findScenario(name: string): Scenario | null {
  return SCENARIOS.flatMap(({ scenarios }) => scenarios).find((scenario) => scenario.name === name) ?? null;
}

/** Returns what is told of a scenario, without what sets it. */
export function told({ set: _, ...rest }: ScenarioView & Partial<Pick<Scenario, "set">>): ScenarioView {
  return rest;
}
