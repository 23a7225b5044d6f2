import type { OutboxMessage } from "../outbox-message.ts";
import { clockTime } from "./clock-time.ts";
import { CopyCode } from "./copy-code.tsx";

/** Shows a text as a bubble; the last line, which binds the code to a site, is shown as small as it is meant. */
export function TextMessage({ message }: { message: OutboxMessage }) {
  const lines = message.text.split("\n");
  const bound = lines.findIndex((line) => /^@\S+ #\d+$/.test(line));
  const words = bound === -1 ? lines : lines.slice(0, bound);
  return (
    <li className="demo-text">
      <p className="demo-meta">
        To {message.to} · {clockTime(message.at)}
      </p>
      <div className="demo-bubble">
        <p>{words.join("\n")}</p>
        {bound === -1 ? null : <p className="demo-bound">{lines[bound]}</p>}
      </div>
      {message.code ? <CopyCode code={message.code} /> : null}
    </li>
  );
}
