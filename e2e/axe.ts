import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright/test";
import { seenAtRest, settle } from "./settle.ts";

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** What axe is to look at. */
export interface Scan {
  /** A part of the page, as a selector; all of it when left out. */
  readonly within?: string;
  /** True where only the colours differ from what was looked at before: the other rules would cost their time again. */
  readonly coloursAlone?: boolean;
}

/** Returns what axe finds on the page as it is, one line a rule. It throws where axe looked at nothing. */
export async function violationsOn(page: Page, { within, coloursAlone = false }: Scan = {}): Promise<string[]> {
  const isThere = await page.evaluate(() => "axe" in globalThis);
  // Half a megabyte of rules is handed over once a page, and in one piece: no page of ours has a frame of another origin.
  const axe = new AxeBuilder({ page, ...(isThere ? { axeSource: "0" } : {}) }).setLegacyMode();
  axe.options({
    runOnly: coloursAlone ? { type: "rule", values: ["color-contrast"] } : { type: "tag", values: TAGS },
    resultTypes: ["violations"],
    // Sheets and media are fetched again for rules about autoplay and locked orientation, of which we have neither.
    preload: false,
  });
  if (within !== undefined) axe.include(within);
  const { violations, passes, incomplete } = await seenAtRest(
    () => page.evaluate(settle),
    () => axe.analyze(),
  );
  if (violations.length + passes.length + incomplete.length === 0) throw new Error("axe has looked at nothing.");
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" | ")}`);
}
