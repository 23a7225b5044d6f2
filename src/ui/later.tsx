import { useEffect, useState } from "react";
import type { EnrollmentWizardProps } from "./enrollment-wizard.tsx";
import type { LaterScreens } from "./later-screens.tsx";
import { lazyPart } from "./lazy-part.ts";
import { Boundary } from "./parts/boundary.tsx";

const load = () => import("./later-screens.tsx");

const Screens = lazyPart(async () => (await load()).LaterScreens);

/** Fetches the later screens once the first one is there, and what comes right after this step. */
export function usePreload(step: EnrollmentWizardProps["enrollment"]["state"]["step"]): void {
  useEffect(() => {
    // First the session: what is fetched beside it would be in its way.
    if (step === "waiting") return;
    Screens.preload()
      .then(load)
      .then(({ preloadAfter }) => preloadAfter(step))
      // What cannot be fetched now is met again when it is needed, and said there.
      .catch(() => {});
  }, [step]);
}

/** Renders what the later screens add to a first one; until they are there, and where they cannot be, that is nothing. */
export function LaterBeside(props: EnrollmentWizardProps) {
  const [Beside, setBeside] = useState<typeof LaterScreens | null>(null);
  useEffect(() => {
    load().then(
      (loaded) => setBeside(() => loaded.LaterScreens),
      () => {},
    );
  }, []);
  return Beside === null ? null : <Beside {...props} />;
}

/** Renders the later screens: loading, there, or "could not be loaded" with a way to try again. */
export function Later(props: EnrollmentWizardProps) {
  return (
    <Boundary onTryAgain={props.enrollment.readAgain}>
      <Screens {...props} />
    </Boundary>
  );
}
