import axe, { type AxeResults } from "axe-core";
import type { WebDriver } from "selenium-webdriver";

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** Returns what axe finds on the page that WebKit draws, one line a rule. It throws where axe looked at nothing. */
export async function violationsIn(driver: WebDriver): Promise<string[]> {
  // The driver's scripts run outside the page's policy, which would refuse a script that is handed over as text.
  if (!(await driver.executeScript<boolean>("return 'axe' in window"))) await driver.executeScript(axe.source);
  const answer = await driver.executeAsyncScript<AxeResults | string>(
    `const done = arguments[arguments.length - 1];
     const ends = (motion) => motion.effect.getComputedTiming().endTime < Infinity;
     // What is still being faded in has colours of the moment.
     Promise.allSettled(document.getAnimations().filter(ends).map((motion) => motion.finished))
       .then(() => axe.run(document, arguments[0]))
       .then(done, (error) => done(String(error)));`,
    { runOnly: { type: "tag", values: TAGS }, preload: false },
  );
  if (typeof answer === "string") throw new Error(answer);
  if (answer.violations.length + answer.passes.length === 0) throw new Error("axe has looked at nothing.");
  return answer.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" | ")}`);
}
