import { type Change, isSame, type Value } from "./change.ts";
import type { Part } from "./checklist.ts";
import { clean } from "./clean.ts";

/** One change of a plan: for which finding, and what the thing is before and after it. */
export type Step = { id: string; change: Change; before: Value; after: Value };

/**
 * Lists the changes that would set right what was found, in the order of the checklist. Nothing is asked of the tenant. A tenant that
 * does not have the application may be somebody else's altogether: nothing of it is to be changed.
 */
export function planOf(parts: readonly Part[]): Step[] {
  const findings = parts.flatMap((part) => part.findings);
  if (findings.some(({ id }) => id === "application-missing")) return [];
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
  return `${write.method} /api/v2/${write.path} ${escaped(JSON.stringify(body(after)))}`;
}

/** JSON itself escapes the first thirty-two controls; what else could write to a terminal is escaped alike, and stays the same JSON. */
function escaped(json: string): string {
  return json.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (character) =>
    [...Array(character.length).keys()]
      .map((at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, "0")}`)
      .join(""),
  );
}

/** Shows what changes as a diff: a list with what stays, a single value before and after. */
export function diffOf({ before, after }: Pick<Step, "before" | "after">): string[] {
  if (typeof before === "object" && typeof after === "object") {
    return [
      ...before.map((word) => `${after.includes(word) ? " " : "-"} ${clean(word)}`),
      ...after.filter((word) => !before.includes(word)).map((word) => `+ ${clean(word)}`),
    ];
  }
  return [`- ${JSON.stringify(before)}`, `+ ${JSON.stringify(after)}`];
}
