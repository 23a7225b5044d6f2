import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { WizardState } from "../wizard/state.ts";
import { useEarlyEffect } from "./early-effect.ts";
import type { Enrollment, EnrollmentParts } from "./enrollment.ts";
import { createRun, type Present, shownFirst } from "./run.ts";

/*
 * The controller: where the person is, what is known, what they can do. It has no markup and speaks no language, so that a
 * host can bring its own screens.
 */

/** Runs one wizard. Mounting, focusing and remounting read the session at most; only a command sends anything. */
export function useEnrollment(parts: EnrollmentParts): Enrollment {
  const { client, instance, service, now, reload } = parts;
  const [shown, setShown] = useState(() => shownFirst(parts));
  const at = useRef<Present>({ ...shown, knownAt: 0, offset: 0 });
  const latest = useRef(parts);
  useEarlyEffect(() => {
    latest.current = parts;
  });
  const serverNow = useCallback(() => now() + at.current.offset, [now]);

  const { engine, begin, read } = useMemo(
    () => createRun({ client, instance, service }, latest, at, setShown),
    [client, instance, service],
  );
  // Before the first picture is painted, as it is what is waited for.
  useEarlyEffect(() => begin(), [begin]);
  // Fetched while the first screen is read, so that it is there when something is pressed.
  useEffect(() => engine.prepare(), [engine]);

  const { state, failure, unread } = shown;
  // React holds on to what the render before had until the next one, and that may have been the recovery code.
  const [, renderAgain] = useState(state.step);
  useEffect(() => renderAgain(state.step), [state.step]);

  // What was typed before a reload is read back, and the recovery code fetched, once for each time they are missing.
  const wants = missing(state);
  useEffect(() => {
    if (wants === "contact") engine.use(({ commands }) => void commands.recall());
    if (wants === "recovery_code") engine.use(({ commands }) => commands.revealRecoveryCode());
  }, [wants, engine]);

  return {
    ...shown,
    commands: engine.commands,
    // A page that is out of date asks nothing again: what became of it is read by the page that takes its place.
    retry:
      failure === "outdated"
        ? reload
        : () =>
            engine.use(({ retry, happened }) => {
              retry();
              // Where the rules could not be fetched for the first session, that session is still to be taken in.
              const { state: present, view } = at.current;
              if (present.step === "waiting" && view !== null) happened({ type: "viewArrived", view });
            }),
    readAgain: unread === "outdated" ? reload : read,
    serverNow,
  };
}

function missing(state: WizardState): "contact" | "recovery_code" | null {
  if (state.step === "enteringContact" && state.contact === null) return "contact";
  return state.step === "savingRecoveryCode" && state.codes === null && state.problem === null ? "recovery_code" : null;
}
