import { useState } from "react";
import type { ScenarioView } from "../demo-view.ts";
import { goLater } from "./demo-state.ts";
import { inWords } from "./in-words.ts";

/** Shows which scenario is played: what to do and what to expect, the clock's step where it has one, and the way back. */
export function ScenarioNote({ scenario }: { scenario: ScenarioView }) {
  const { name, title, todo, expect, laterSeconds } = scenario;
  const [trouble, setTrouble] = useState(false);
  const later = (seconds: number): void => {
    goLater(seconds).then(
      (view) => {
        setTrouble(view === null);
        // What a page hears when a device wakes from sleep, which is what has happened to its clock.
        document.dispatchEvent(new Event("visibilitychange"));
      },
      () => setTrouble(true),
    );
  };
  return (
    <section className="demo-scenario" aria-label="Scenario">
      <h2>{title}</h2>
      <p>
        <b>Do:</b> {todo}
      </p>
      <p>
        <b>Expect:</b> {expect}
      </p>
      <p className="demo-scenario-ways">
        {laterSeconds === undefined ? null : (
          <button type="button" className="demo-copy" onClick={() => later(laterSeconds)}>
            {inWords(laterSeconds)} later
          </button>
        )}
        <a href={`/?scenario=${name}`}>Play again</a>
        <a href="/scenarios">All scenarios</a>
      </p>
      {trouble ? <p role="alert">That did not work. Is the demo server still running?</p> : null}
    </section>
  );
}
