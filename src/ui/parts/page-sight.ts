import { useState, useSyncExternalStore } from "react";

/*
 * Tells when a page is put away or out of sight, for the screen that shows a secret. It comes with that screen.
 */

/**
 * Tells whether the page has been out of sight since it was last asked for, as when another tab or app is looked at. React
 * renders this change before the event is over, so that nothing secret is in a picture that a system takes of a page it puts
 * aside. `show` takes it back; it is the person's to press.
 */
export function useWasOutOfSight(counts: boolean): { readonly wasAway: boolean; readonly show: () => void } {
  const [sight] = useState(createSight);
  const wasAway = useSyncExternalStore(sight.subscribe, sight.wasAway, () => false);
  return { wasAway: counts && wasAway, show: sight.show };
}

function createSight() {
  let wasAway = document.visibilityState === "hidden";
  let changed = () => {};
  const look = () => {
    if (document.visibilityState !== "hidden") return;
    wasAway = true;
    changed();
  };
  return {
    wasAway: () => wasAway,
    show: () => {
      wasAway = false;
      changed();
    },
    subscribe: (onChange: () => void) => {
      changed = onChange;
      // It may have gone out of sight between the picture and this.
      look();
      document.addEventListener("visibilitychange", look);
      return () => document.removeEventListener("visibilitychange", look);
    },
  };
}

let isAway = false;

function subscribe(changed: () => void): () => void {
  // What begins to listen is on a page that is shown.
  isAway = false;
  const hide = () => {
    isAway = true;
    changed();
  };
  const show = () => {
    isAway = false;
    changed();
  };
  window.addEventListener("pagehide", hide);
  window.addEventListener("pageshow", show);
  return () => {
    window.removeEventListener("pagehide", hide);
    window.removeEventListener("pageshow", show);
  };
}

/**
 * Tells whether the page is put away. React renders a change of an outer store before the event is over, as no other change
 * outside of a click, and that is in time.
 */
export function useIsPageAway(): boolean {
  return useSyncExternalStore(
    subscribe,
    () => isAway,
    () => false,
  );
}
