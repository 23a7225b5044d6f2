/** Tells the time and waits. An argument everywhere, so that tests decide what time it is. */
export type Clock = {
  /** Epoch ms. */
  now(): number;
  /** Resolves after `ms`, or at once when `signal` is aborted; it never rejects. */
  wait(ms: number, signal?: AbortSignal): Promise<void>;
};

/** The machine's own clock. Its timers do not keep a process alive. */
export const systemClock: Clock = {
  now: Date.now,
  wait: (ms, signal) =>
    new Promise((resolve) => {
      if (signal?.aborted) return resolve();
      const timer = setTimeout(done, ms);
      timer.unref();
      signal?.addEventListener("abort", done, { once: true });
      function done() {
        clearTimeout(timer);
        signal?.removeEventListener("abort", done);
        resolve();
      }
    }),
};
