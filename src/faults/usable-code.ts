import type { OutboxMessage } from "../simulator/outbox.ts";
import type { Mind } from "./mind.ts";
import type { Sight } from "./screen.ts";

/**
 * Returns the code that a person would type now: the newest that came and was not refused. `from` is the contact that it was
 * sent to, null where any of the person's own will do.
 */
export function usableCode(
  screen: Sight,
  mind: Mind,
  { messages, from }: { messages: readonly OutboxMessage[]; from: string | null },
): string | undefined {
  if (screen.text.includes("didn’t match") || screen.text.includes("That code has ended")) {
    const last = mind.handedIn.at(-1);
    if (last !== undefined) mind.refused.add(last);
  }
  const codes = messages
    .filter(({ to }) => from === null || to === from)
    .map(({ code }) => code ?? "")
    .toReversed();
  // "Use the earlier code": the newest one was in an answer that got lost.
  const usable = screen.text.includes("Use the earlier code") ? codes.slice(1) : codes;
  return usable.find((one) => !mind.refused.has(one));
}
