import { useEffect, useState } from "react";
import type { Problem } from "../../contract/problem.ts";
import { useMessages } from "./messages.ts";

const load = () => import("./refusal-sentence.ts");

/**
 * Returns the sentence for a refusal on one of the first screens; undefined without one, and for the moment in which the
 * words of refusals are fetched. Where they cannot be, it says so, because an unexplained field helps nobody.
 */
export function useRefusal(problem: Problem | null): string | undefined {
  const messages = useMessages();
  const [said, setSaid] = useState<{ readonly problem: Problem; readonly sentence: string } | null>(null);
  // Fetched while the form is filled in; what fails now is asked for again when there is something to say.
  useEffect(() => void load().catch(() => {}), []);
  useEffect(() => {
    if (problem === null) return;
    void load()
      .then(({ refusalSentence }) => refusalSentence(messages, problem))
      .catch(() => messages.t("unreachable"))
      .then((sentence) => setSaid({ problem, sentence }));
  }, [problem, messages]);
  // What was said of an earlier refusal is not said of this one.
  return said !== null && said.problem === problem ? said.sentence : undefined;
}
