import axe, { type AxeResults } from "axe-core";
import type { WebDriver } from "selenium-webdriver";
import { seenAtRest, settle } from "../settle.ts";

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** Returns what axe finds on the page that WebKit draws, one line a rule. It throws where axe looked at nothing. */
export async function violationsIn(driver: WebDriver): Promise<string[]> {
  // The driver's scripts run outside the page's policy, which would refuse a script that is handed over as text.
  if (!(await driver.executeScript<boolean>("return 'axe' in window"))) await driver.executeScript(axe.source);
  const answer = await seenAtRest(
    () => driver.executeScript<number>(settle),
    () =>
      driver.executeAsyncScript<AxeResults | string>(
        `const done = arguments[arguments.length - 1];
         axe.run(document, arguments[0]).then(done, (error) => done(String(error)));`,
        { runOnly: { type: "tag", values: TAGS }, preload: false },
      ),
  );
  if (typeof answer === "string") throw new Error(answer);
  if (answer.violations.length + answer.passes.length === 0) throw new Error("axe has looked at nothing.");
  return answer.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" | ")}`);
}
