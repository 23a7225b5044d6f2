import { type Change, isSame, type Value } from "./change.ts";
import type { Finding } from "./finding.ts";

/** One change of a plan: for which finding, and what the thing is before and after it. */
export type Step = { id: string; change: Change; before: Value; after: Value };

/** Lists the changes that would set right what was found, in the order of the checklist. Nothing is asked of the tenant. */
export function planOf(findings: readonly Finding[]): Step[] {
  const now = new Map<string, Value>();
  return findings.flatMap(({ id, changes = [] }) =>
    changes.flatMap((change): Step[] => {
      // What an earlier step of the plan has made of it.
      const before = now.get(change.key) ?? change.found;
      const after = change.next(before);
      if (after === null || isSame(before, after)) return [];
      now.set(change.key, after);
      return [{ id, change, before, after }];
    }),
  );
}

/** Writes the call of a change as somebody could make it by hand. */
export function callOf({ write, body }: Change, after: Value): string {
  return `${write.method} /api/v2/${write.path} ${JSON.stringify(body(after))}`;
}

/** Shows what changes as a diff: a list with what stays, a single value before and after. */
export function diffOf({ before, after }: Pick<Step, "before" | "after">): string[] {
  if (typeof before === "object" && typeof after === "object") {
    return [
      ...before.map((word) => `${after.includes(word) ? " " : "-"} ${word}`),
      ...after.filter((word) => !before.includes(word)).map((word) => `+ ${word}`),
    ];
  }
  return [`- ${JSON.stringify(before)}`, `+ ${JSON.stringify(after)}`];
}
