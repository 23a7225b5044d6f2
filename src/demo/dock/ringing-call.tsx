import type { OutboxMessage } from "../outbox-message.ts";

/** Shows a call that rings, over everything else on the pretend phone. */
export function RingingCall({
  message,
  onAnswer,
  onDecline,
}: {
  message: OutboxMessage;
  onAnswer: () => void;
  onDecline: () => void;
}) {
  return (
    <section className="demo-call demo-ringing" aria-label="Incoming call">
      <div className="demo-caller" aria-hidden="true" />
      <p className="demo-call-name">Larkmoor Savings</p>
      <p className="demo-call-note" role="alert">
        is calling {message.to}
      </p>
      <div className="demo-call-ways">
        <button type="button" className="demo-decline" onClick={onDecline}>
          Decline
        </button>
        <button type="button" className="demo-answer" onClick={onAnswer}>
          Answer
        </button>
      </div>
    </section>
  );
}
