import { lazy, Suspense, useEffect, useState } from "react";
import type { EnrollmentWizardProps } from "./enrollment-wizard.tsx";
import { useMessages } from "./messages/messages.ts";
import { LoadBoundary } from "./parts/load-boundary.tsx";
import { Loading } from "./parts/loading.tsx";

const load = () => import("./later-screens.tsx");

/** A part that could not be loaded stays failed, so trying again means a new one. */
const createScreens = () => lazy(async () => ({ default: (await load()).LaterScreens }));

/** Fetches the later screens once the first one is there, and what comes right after this step. */
export function usePreload(step: EnrollmentWizardProps["enrollment"]["state"]["step"]): void {
  useEffect(() => {
    load()
      .then(() => import("./lazy-screens.ts"))
      .then(({ preloadAfter }) => preloadAfter(step))
      // What cannot be fetched now is met again when it is needed, and said there.
      .catch(() => {});
  }, [step]);
}

/** Renders the later screens: loading, there, or "could not be loaded" with a way to try again. */
export function Later(props: EnrollmentWizardProps) {
  const { t } = useMessages();
  const [Screens, setScreens] = useState(createScreens);
  return (
    <LoadBoundary message={t("unreachable")} onTryAgain={() => setScreens(createScreens)}>
      <Suspense fallback={<Loading />}>
        <Screens {...props} />
      </Suspense>
    </LoadBoundary>
  );
}
