import { useEffect, useState } from "react";
import type { DemoChange, DemoSwitches, DemoView } from "../demo-view.ts";
import { Appearance } from "./appearance.tsx";
import { dressAnew, LANGUAGES, LOOKS, looksAsked } from "./page-looks.ts";
import { readDemo, resetDemo, turnSwitches } from "./demo-state.ts";

/** Shows who can sign in and what they show, and the switches of the simulated tenant. */
export function DemoGuide() {
  const [view, setView] = useState<DemoView | null>(null);
  const [trouble, setTrouble] = useState(false);
  const take = (answer: Promise<DemoView | null>): void => {
    answer.then(
      (next) => {
        setTrouble(next === null);
        if (next) setView(next);
      },
      () => setTrouble(true),
    );
  };
  useEffect(() => {
    readDemo().then(setView, () => setTrouble(true));
  }, []);
  if (!view) return <p className="demo-empty">{trouble ? "The demo server does not answer." : "Loading…"}</p>;
  const turn = (wanted: DemoChange): void => take(turnSwitches(wanted).then(reload));
  return (
    <section className="demo-guide" aria-label="About this demo">
      <h2>People</h2>
      <p className="demo-note">
        Everybody’s password is <code>{view.password}</code>
      </p>
      <dl className="demo-people">
        {view.people.map(({ email, about }) => (
          <div key={email}>
            <dt>{email}</dt>
            <dd>{about}</dd>
          </div>
        ))}
      </dl>
      <h2>Situations</h2>
      <p className="demo-note">
        <a href="/scenarios">Scenarios</a> put the tenant, the clock and the person into one situation each, by link.
      </p>
      <h2>The tenant</h2>
      <label className="demo-field">
        Way in
        <select value={view.switches.ways} onChange={({ target }) => turn({ ways: waysOf(target.value) })}>
          <option value="both">Redirect or password</option>
          <option value="redirect">Redirect only</option>
          <option value="password">Password only</option>
        </select>
      </label>
      <label className="demo-field">
        Second step at sign-in
        <select
          value={view.switches.policy}
          onChange={({ target }) => turn({ policy: target.value === "always" ? "always" : "never" })}
        >
          <option value="never">Never asked by policy</option>
          <option value="always">Always</option>
        </select>
      </label>
      <label className="demo-check">
        <input
          type="checkbox"
          checked={view.switches.recoveryCodes}
          onChange={({ target }) => turn({ recoveryCodes: target.checked })}
        />
        Hands out recovery codes
      </label>
      <button type="button" className="demo-reset" onClick={() => take(resetDemo().then(reload))}>
        Start over
      </button>
      <h2>Appearance</h2>
      <Appearance />
      <label className="demo-field">
        Host
        <select value={looksAsked(location.search).look} onChange={({ target }) => dressAnew({ look: target.value })}>
          {Object.entries(LOOKS).map(([look, name]) => (
            <option key={look} value={look}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label className="demo-field">
        Language of the panel
        <select value={looksAsked(location.search).lang} onChange={({ target }) => dressAnew({ lang: target.value })}>
          {Object.entries(LANGUAGES).map(([lang, name]) => (
            <option key={lang} value={lang} lang={lang}>
              {name}
            </option>
          ))}
        </select>
      </label>
      {trouble ? <p role="alert">That did not work. Is the demo server still running?</p> : null}
    </section>
  );
}

/** The page shows what the BFF said when it was opened, so a switch of the tenant needs a new look. */
function reload(view: DemoView | null): DemoView | null {
  if (view) location.reload();
  return view;
}

function waysOf(value: string): DemoSwitches["ways"] {
  return value === "redirect" || value === "password" ? value : "both";
}
