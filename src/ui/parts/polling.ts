import { useEffect, useRef } from "react";

/**
 * Calls `ask` every so often while the page is in sight; null ends it. A turn that came while nobody was looking is taken when
 * somebody does, so the pace is never faster than this.
 */
export function usePolling(everyMs: number | null, ask: () => void): void {
  const latest = useRef(ask);
  useEffect(() => {
    latest.current = ask;
  });
  useEffect(() => {
    if (everyMs === null) return;
    let timer: ReturnType<typeof setTimeout> | null = null;
    const turn = () => {
      timer = null;
      if (document.visibilityState === "hidden") return;
      latest.current();
      timer = setTimeout(turn, everyMs);
    };
    const seen = () => {
      if (timer === null) turn();
    };
    timer = setTimeout(turn, everyMs);
    document.addEventListener("visibilitychange", seen);
    return () => {
      if (timer !== null) clearTimeout(timer);
      document.removeEventListener("visibilitychange", seen);
    };
  }, [everyMs]);
}
