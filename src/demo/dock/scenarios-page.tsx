import { useEffect, useState } from "react";
import { createRoot } from "react-dom/client";
import type { ScenarioList } from "../demo-view.ts";
import { readScenarios } from "./demo-state.ts";
import "./dock.css";
import "./scenarios.css";

/** The name that a link asked for and the demo does not have; null where the page was opened for itself. */
function unknownName(): string | null {
  return new URLSearchParams(location.hash.slice(1)).get("unknown");
}

/** Lists every scenario with what to do and what to expect. */
function Scenarios({ unknown }: { unknown: string | null }) {
  const [groups, setGroups] = useState<ScenarioList | null>(null);
  const [trouble, setTrouble] = useState(false);
  useEffect(() => {
    readScenarios().then(
      (list) => {
        setGroups(list);
        setTrouble(list === null);
      },
      () => setTrouble(true),
    );
  }, []);
  return (
    <>
      {unknown === null ? null : (
        <p className="demo-unknown" role="alert">
          There is no scenario “{unknown}”, and nothing was changed. <a href="#all">All there are</a> are listed here.
        </p>
      )}
      {trouble ? <p role="alert">The demo server does not answer.</p> : null}
      <div id="all">
        {(groups ?? []).map(({ title, scenarios }) => (
          <section key={title} className="demo-group" aria-label={title}>
            <h2>{title}</h2>
            <ul>
              {scenarios.map((scenario) => (
                <li key={scenario.name} className="demo-entry">
                  <h3>
                    <a href={`/?scenario=${scenario.name}`}>{scenario.title}</a>
                  </h3>
                  <p>
                    <code>?scenario={scenario.name}</code>
                  </p>
                  <p>
                    <b>Do:</b> {scenario.todo}
                  </p>
                  <p>
                    <b>Expect:</b> {scenario.expect}
                  </p>
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
    </>
  );
}

const place = document.getElementById("scenarios");
if (place) createRoot(place).render(<Scenarios unknown={unknownName()} />);
