import type { Outcome } from "./apply.ts";
import { createPaint } from "./paint.ts";
import { diffOf, type Step } from "./plan.ts";

/** Shows a plan for people, each change as a diff of what is there. */
export function planText(steps: readonly Step[], { isColoured }: { isColoured: boolean }): string {
  const paint = createPaint(isColoured);
  if (steps.length === 0) return "Plan: nothing that a command can set right.\n";
  const shown = steps.map((step, index) => {
    const { method, path, scope } = step.change.write;
    const diff = diffOf(step).map((line) => `       ${line.startsWith("+") ? paint("ok", line) : line}`);
    return [
      `  ${index + 1}. ${step.change.says} (${step.id})`,
      `     ${method} /api/v2/${path}, which needs ${scope}`,
      ...diff,
    ].join("\n");
  });
  return `${paint("bold", "Plan")}\n${shown.join("\n")}\n`;
}

const WORDS: Readonly<Record<Outcome["is"], string>> = {
  done: "done",
  already: "already so",
  left: "left alone",
  failed: "FAILED",
  unclear: "UNCLEAR",
  "not made": "NOT MADE",
};

/** Says in a line what became of one change. */
export function outcomeText({ step, is, says }: Outcome, isColoured: boolean): string {
  const paint = createPaint(isColoured);
  const style = is === "done" || is === "already" ? "ok" : is === "left" ? "warn" : "fail";
  return `  ${paint(style, WORDS[is].padEnd(10))}  ${step.change.says}${says === "" ? "" : `: ${says}`}\n`;
}

/** Gives one change of a plan for machines. */
export function stepJson({ id, change: { says, write }, before, after }: Step) {
  return { id, says, method: write.method, path: `/api/v2/${write.path}`, scope: write.scope, before, after };
}
