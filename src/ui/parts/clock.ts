import { createContext, useContext, useEffect, useState } from "react";

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

const AliveContext = createContext(false);

/** Tells the parts below it whether the first picture of the root is there. */
export const AliveProvider = AliveContext.Provider;

/**
 * Tells whether the first picture is there. Until then no date is written: a server knows no time zone, and on a slow device the browser takes
 * longer to find its words for dates than for all the rest of a screen.
 */
export function useIsAlive(): boolean {
  return useContext(AliveContext);
}
