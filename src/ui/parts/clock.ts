import { createContext, useContext, useEffect, useState, useSyncExternalStore } from "react";

const ClockContext = createContext<() => number>(() => 0);

/** Gives the parts below it the server's clock. */
export const ClockProvider = ClockContext.Provider;

/** One second: the smallest unit a countdown shows. The clock is read at each tick, so a device that slept shows the truth. */
const TICK_MS = 1_000;

/** Returns the server's time in epoch ms, read again each second; null in the first render, which reads no clock. */
export function useServerNow(): number | null {
  const clock = useContext(ClockContext);
  const [now, setNow] = useState<number | null>(null);
  useEffect(() => {
    setNow(clock());
    const timer = setInterval(() => setNow(clock()), TICK_MS);
    return () => clearInterval(timer);
  }, [clock]);
  return now;
}

const never = () => () => {};

/**
 * Tells whether the page has come alive. A server and the render that takes over from it say no, so that neither writes
 * a time of day in a time zone that only the browser knows.
 */
export function useIsAlive(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
}
