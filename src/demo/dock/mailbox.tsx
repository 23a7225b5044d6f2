import { useState } from "react";
import type { OutboxMessage } from "../outbox-message.ts";
import { clockTime } from "./clock-time.ts";
import { CopyCode } from "./copy-code.tsx";

/** Plays every mailbox there is: what came in by SMTP, newest first, the newest one open. */
export function Mailbox({ messages }: { messages: readonly OutboxMessage[] }) {
  const mails = messages.filter(({ channel }) => channel === "email").toReversed();
  const [chosen, setChosen] = useState<{ id: string; newest: string | undefined } | null>(null);
  // A choice holds until the next mail arrives: who waits for a code wants to see that one.
  const openId = chosen && chosen.newest === mails[0]?.id ? chosen.id : mails[0]?.id;
  return (
    <section className="demo-mailbox" aria-label="Mailbox">
      <h2 className="demo-mailbox-title">Inbox</h2>
      {mails.length === 0 ? <p className="demo-empty">Mail to any address arrives here.</p> : null}
      <ul className="demo-mails">
        {mails.map((mail) => (
          <li key={mail.id}>
            <button
              type="button"
              className="demo-mail"
              aria-expanded={mail.id === openId}
              onClick={() => setChosen({ id: mail.id, newest: mails[0]?.id })}
            >
              <span className="demo-mail-subject">{mail.subject ?? "No subject"}</span>
              <span className="demo-meta">
                To {mail.to} · {clockTime(mail.at)}
              </span>
            </button>
            {mail.id === openId ? (
              <div className="demo-mail-open">
                <p>{mail.text}</p>
                {mail.code ? <CopyCode code={mail.code} /> : null}
              </div>
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  );
}
