import { useEffect, useRef, useState } from "react";
import type { OutboxMessage } from "../outbox-message.ts";
import { AnsweredCall } from "./answered-call.tsx";
import { clockTime } from "./clock-time.ts";
import { RingingCall } from "./ringing-call.tsx";
import { TextMessage } from "./text-message.tsx";

type CallState = "ringing" | "answered" | "declined" | "over";

/** A call rings for this long before the network gives up, about what carriers do. */
const RINGS_FOR_MS = 60_000;

const AFTERWARDS: Readonly<Record<CallState, string>> = {
  ringing: "Missed call",
  answered: "Call",
  declined: "Declined call",
  over: "Call, answered",
};

/** Plays every phone there is: texts arrive as bubbles, a call rings, can be answered, and reads its digits. */
export function PretendPhone({ messages, openedAt }: { messages: readonly OutboxMessage[]; openedAt: number }) {
  const [calls, setCalls] = useState<Readonly<Record<string, CallState>>>({});
  const end = useRef<HTMLDivElement>(null);
  const items = messages.filter(({ channel }) => channel !== "email");
  const stateOf = (message: OutboxMessage): CallState => calls[message.id] ?? "ringing";
  const put = (message: OutboxMessage, state: CallState): void => setCalls({ ...calls, [message.id]: state });
  // Calls from before this page was opened have long stopped ringing.
  const newest = items.findLast(({ channel, at }) => channel === "voice" && at > openedAt - RINGS_FOR_MS);
  const answered = items.find((message) => message.channel === "voice" && stateOf(message) === "answered");
  const ringing = !answered && newest && stateOf(newest) === "ringing" ? newest : undefined;

  useEffect(() => {
    end.current?.scrollIntoView({ block: "nearest" });
  }, [items.length]);

  return (
    <section className="demo-phone" aria-label="Pretend phone">
      <div className="demo-phone-bar" aria-hidden="true">
        <span>{clockTime(items.at(-1)?.at ?? openedAt)}</span>
        <span className="demo-notch" />
        <span className="demo-battery" />
      </div>
      <h2 className="demo-phone-title">Messages</h2>
      {/* It scrolls, so it takes the focus of people who have no wheel. */}
      <div className="demo-messages" role="log" aria-label="Messages and calls" tabIndex={0}>
        <ol>
          {items.map((message) =>
            message.channel === "sms" ? (
              <TextMessage key={message.id} message={message} />
            ) : (
              <li key={message.id} className="demo-call-entry">
                <span>{AFTERWARDS[stateOf(message)]}</span>
                <span className="demo-meta">
                  {message.to} · {clockTime(message.at)}
                </span>
                <button type="button" className="demo-copy" onClick={() => put(message, "answered")}>
                  Listen
                </button>
              </li>
            ),
          )}
        </ol>
        {items.length === 0 ? <p className="demo-empty">Texts and calls to any number arrive here.</p> : null}
        <div ref={end} />
      </div>
      {ringing ? (
        <RingingCall
          message={ringing}
          onAnswer={() => put(ringing, "answered")}
          onDecline={() => put(ringing, "declined")}
        />
      ) : null}
      {answered ? <AnsweredCall message={answered} onHangUp={() => put(answered, "over")} /> : null}
    </section>
  );
}
