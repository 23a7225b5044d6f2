import { type RefObject, useEffect, useRef } from "react";
import type { Problem } from "../../contract/problem.ts";
import { useEntrance } from "./entrance.ts";
import { useSay } from "./saying.tsx";

/**
 * Speaks once what the service refused of a field's text, and selects the text, so that typing replaces it. The focus moves
 * to the field where the person's own action led here, and its description says what is wrong; where it is there already,
 * or the person is busy elsewhere, the root's live region says it. `sentAt` changes when another message counts: the field
 * takes the focus then too.
 */
export function useRefused(
  field: RefObject<HTMLInputElement | null>,
  { problem, sentence, sentAt }: { problem: Problem | null; sentence: string | undefined; sentAt: number | null },
): void {
  const say = useSay();
  const entered = useEntrance();
  const known = useRef<{ problem: Problem | null; sentAt: number | null } | null>(null);
  useEffect(() => {
    const before = known.current;
    known.current = { problem, sentAt };
    const isRefused = problem !== null && problem !== before?.problem;
    if (!isRefused && before?.sentAt === sentAt) return;
    const leads = entered() && field.current?.matches(":focus") !== true;
    if (leads) field.current?.focus();
    if (!isRefused) return;
    if (!leads && sentence !== undefined) say(sentence);
    field.current?.select();
  }, [field, problem, sentence, sentAt, say, entered]);
}
