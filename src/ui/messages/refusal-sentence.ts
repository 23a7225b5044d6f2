import type { Problem } from "../../contract/problem.ts";
import { enLater } from "./en-later.ts";
import type { Messages } from "./messages.ts";
import { problemSentence } from "./problem-sentence.ts";

/** Returns the sentence for a refusal in a voice that need not have the later words yet. */
export function refusalSentence(messages: Messages, problem: Problem): string {
  return problemSentence(messages.with(enLater), problem);
}
