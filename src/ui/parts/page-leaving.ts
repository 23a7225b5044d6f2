import { useEffect, useRef } from "react";
import { useEarlyEffect } from "../early-effect.ts";

/*
 * A browser may put a page away whole and show it again as it was, to whoever then sits there. So what is secret leaves the
 * document while the page is left, before it can be kept. A field that is taken off the screen is kept as well, by React for as long
 * as it is the last one that had the focus, and what was typed must not be kept in it.
 */

/**
 * Calls `drop` while the page is left, and when the part that asked for it goes. It must change the document at once: a page that is
 * put away is not drawn again before.
 */
export function useOnPageLeft(drop: () => void): void {
  const latest = useRef(drop);
  useEffect(() => {
    latest.current = drop;
  });
  // A layout effect ends while its part still has its fields.
  useEarlyEffect(() => {
    const left = () => latest.current();
    window.addEventListener("pagehide", left);
    return () => {
      window.removeEventListener("pagehide", left);
      left();
    };
  }, []);
}
