import type { Problem } from "../../contract/problem.ts";
import { useMessages } from "../messages/messages.ts";
import { problemSentence } from "../messages/problem-sentence.ts";
import { Notice } from "./notice.tsx";

/** Renders a refusal that belongs to no field. */
export function ProblemNotice({ problem }: { readonly problem: Problem }) {
  const messages = useMessages();
  return <Notice tone="warning">{problemSentence(messages, problem)}</Notice>;
}
