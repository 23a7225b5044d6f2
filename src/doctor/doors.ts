/** Tells the time and waits. Unlike the server's, its timers keep the process alive: the command is all that runs. */
export type Clock = {
  /** Epoch ms. */
  now(): number;
  /** Resolves after `ms`, or at once when `signal` is aborted; it never rejects. */
  wait(ms: number, signal?: AbortSignal): Promise<void>;
};

/** What the doctor reaches the world by; tests bring their own. */
export type Doors = {
  /** Sends one request. */
  fetch: (request: Request) => Promise<Response>;
  clock: Clock;
  /** Says what is being done; one line, never a secret. */
  progress: (line: string) => void;
};

/** The machine's own clock. */
export const systemClock: Clock = {
  now: Date.now,
  wait: (ms, signal) =>
    new Promise((resolve) => {
      if (signal?.aborted) return resolve();
      const timer = setTimeout(done, ms);
      signal?.addEventListener("abort", done, { once: true });
      function done() {
        clearTimeout(timer);
        signal?.removeEventListener("abort", done);
        resolve();
      }
    }),
};
