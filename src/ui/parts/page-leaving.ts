import { useEffect, useRef } from "react";

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
