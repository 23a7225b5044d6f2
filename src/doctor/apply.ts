import * as z from "zod/mini";
import { isSame, type Value } from "./change.ts";
import type { Management } from "./management-calls.ts";
import type { Step } from "./plan.ts";

/** What became of one step, with a sentence where it was not simply done. */
export type Outcome = { step: Step; is: "done" | "already" | "left" | "failed" | "unclear" | "not made"; says: string };

/**
 * Makes the changes of a plan, one by one. Each is worked out anew from what is there right before it, and looked at again
 * after it, whatever the answer was: one that was lost on the way may have been carried out. Where the tenant cannot be read,
 * and once `stop` is aborted, nothing more is done. Running it again is safe: what is so already is left alone.
 */
export async function apply(
  management: Management,
  steps: readonly Step[],
  options: { told: (outcome: Outcome) => void; stop: AbortSignal },
): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  let halted: string | null = null;
  for (const step of steps) {
    if (options.stop.aborted) halted ??= "it was stopped before.";
    const outcome: Outcome = halted === null ? await make(management, step) : { step, is: "not made", says: halted };
    if (outcome.is === "not made" || outcome.is === "unclear")
      halted ??= "an earlier one could not be seen to its end.";
    outcomes.push(outcome);
    options.told(outcome);
  }
  return outcomes;
}

async function make(management: Management, step: Step): Promise<Outcome> {
  const { change } = step;
  const before = await readNow(management, step);
  if (before.is === "unread") return { step, is: "not made", says: before.why };
  if (before.is === "strange")
    return { step, is: "left", says: "what is there is not understood, so it was left alone." };
  const wanted = change.next(before.value);
  if (wanted === null) {
    const says = `it is ${JSON.stringify(before.value)} by now, so somebody else has decided; run the doctor again.`;
    return { step, is: "left", says };
  }
  if (isSame(before.value, wanted)) return { step, is: "already", says: "it is so already." };
  const { method, path, scope } = change.write;
  const complaint = await management.write({ method, path, scope, body: change.body(wanted) });
  const after = await readNow(management, step);
  if (after.is === "seen" && isDone(step, after.value)) return { step, is: "done", says: "" };
  if (after.is === "unread") {
    const said = complaint === null || complaint === after.why ? "" : ` The answer to it: ${complaint}`;
    return { step, is: "unclear", says: `it was sent, and whether it took cannot be seen: ${after.why}${said}` };
  }
  return { step, is: "failed", says: complaint ?? "the tenant took it and does not show it; run the doctor again." };
}

/** Asked of what is there instead of compared with what was sent: the order of a list is the tenant's. */
function isDone({ change }: Step, value: Value): boolean {
  const wanted = change.next(value);
  return wanted !== null && isSame(value, wanted);
}

type Now = { is: "seen"; value: Value } | { is: "unread"; why: string } | { is: "strange" };

async function readNow(management: Management, { change }: Step): Promise<Now> {
  const told = await management.read({ ...change.read, schema: z.unknown() });
  if (told.is === "unseen") return { is: "unread", why: told.why };
  const value = change.pick(told.value);
  return value === undefined ? { is: "strange" } : { is: "seen", value };
}
