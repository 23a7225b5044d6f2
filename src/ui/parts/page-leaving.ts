import { useEffect, useRef, useSyncExternalStore } from "react";

/*
 * A browser may put a page away whole and show it again as it was, to whoever then sits there. So what is secret leaves the
 * document while the page is left, before it can be kept.
 */

/** Calls `drop` while the page is left. It must change the document at once: a page that is put away is not drawn again before. */
export function useOnPageLeft(drop: () => void): void {
  const latest = useRef(drop);
  useEffect(() => {
    latest.current = drop;
  });
  useEffect(() => {
    const left = () => latest.current();
    window.addEventListener("pagehide", left);
    return () => window.removeEventListener("pagehide", left);
  }, []);
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
