import { useEffect, useState } from "react";
import type { OutboxMessage } from "../outbox-message.ts";
import { readAloud } from "./read-aloud.ts";

/** Reads an answered call aloud and shows its digits, for rooms where nobody can listen. */
export function AnsweredCall({ message, onHangUp }: { message: OutboxMessage; onHangUp: () => void }) {
  const [times, setTimes] = useState(1);
  useEffect(() => readAloud(message.text), [message.text, times]);
  const digits = message.code ?? "";
  return (
    <section className="demo-call" aria-label="Call">
      <p className="demo-call-name">Larkmoor Savings</p>
      <p className="demo-call-note">on the line with {message.to}</p>
      {/* One text for screen readers, so that the digits are not read as one number. */}
      <p className="demo-digits">
        <span className="demo-hidden">{`The digits are ${[...digits].join(" ")}`}</span>
        {[...digits].map((digit, place) => (
          // Digits repeat and never move: their place is what they are.
          <span key={`${message.id}-${String(place)}`} aria-hidden="true">
            {digit}
          </span>
        ))}
      </p>
      <p className="demo-call-words">{message.text}</p>
      <div className="demo-call-ways">
        <button type="button" className="demo-again" onClick={() => setTimes(times + 1)}>
          Listen again
        </button>
        <button type="button" className="demo-decline" onClick={onHangUp}>
          Hang up
        </button>
      </div>
    </section>
  );
}
