import { type ReactNode, Suspense, useState } from "react";
import { createLazyScreens, type LazyScreens } from "./lazy-screens.ts";
import { useMessages } from "./messages/messages.ts";
import { FailureNotice } from "./parts/failure-notice.tsx";
import { LoadBoundary } from "./parts/load-boundary.tsx";
import { Loading } from "./parts/loading.tsx";

/** Hands the parts that load late to what is below it, and stands in for one that loads or could not be loaded. */
export function LazyParts({ children }: { readonly children: (screens: LazyScreens) => ReactNode }) {
  const { t } = useMessages();
  const [screens, setScreens] = useState(createLazyScreens);
  return (
    <LoadBoundary
      onTryAgain={() => setScreens(createLazyScreens())}
      fallback={(tryAgain) => <FailureNotice onTryAgain={tryAgain}>{t("unreachable")}</FailureNotice>}
    >
      <Suspense fallback={<Loading />}>{children(screens)}</Suspense>
    </LoadBoundary>
  );
}
