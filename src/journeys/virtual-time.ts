import type { ManualClock } from "./manual-clock.ts";

/**
 * One time for everything in the process: the BFF's and the tenant's waits, and, while installed, the timers of the page. It
 * stands still until it is moved, and then nothing happens before its hour or out of order.
 */
export type VirtualTime = ManualClock & {
  /** Puts the timers of this process under virtual time and returns what gives the real ones back. */
  install(): () => void;
  /** Lets everything that is ready happen, without moving the time on. */
  settle(): Promise<void>;
  /** Moves the time on as for a device that sleeps: the servers go on, and the page's timers all fire late, once each. */
  deviceSleeps(ms: number): Promise<void>;
};

type Entry = { at: number; run: () => void; every: number | null; on: "server" | "page" };

/** Turns of the event loop in a row in which nothing stirs. One would do for promises; React hands work from turn to turn. */
const CALM_TURNS = 10;
/** React holds back what follows a placeholder for 300 ms of the machine's own clock; nobody here waits for that. */
const STEP_SEEMS_MS = 400;
/** Far above what any one action takes; more means that something runs in circles. */
const MOST_STEPS = 10_000;

/** Creates a time that stands still at an instant, epoch ms. */
export function createVirtualTime(startAt: number): VirtualTime {
  const later = globalThis.setImmediate;
  const entries = new Map<number, Entry>();
  let time = startAt;
  let count = 0;
  /** Timers that are due as soon as possible, and ciphers, which run on other threads. */
  let underWay = 0;
  let stirred = 0;

  function add(entry: Entry): number {
    count += 1;
    entries.set(count, entry);
    return count;
  }

  function wait(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      if (signal?.aborted) return resolve();
      const over = () => {
        entries.delete(id);
        signal?.removeEventListener("abort", over);
        resolve();
      };
      const id = add({ at: time + ms, run: over, every: null, on: "server" });
      signal?.addEventListener("abort", over);
    });
  }

  async function settle(): Promise<void> {
    let calm = 0;
    for (let restless = 0; calm < CALM_TURNS; ) {
      if (restless > MOST_STEPS) throw new Error("Something runs in circles.");
      const before = stirred;
      await new Promise((resolve) => later(resolve));
      if (stirred !== before) restless += 1;
      calm = underWay === 0 && stirred === before ? calm + 1 : 0;
    }
  }

  function nextUntil(end: number, on: "server" | null): [number, Entry] | null {
    let found: [number, Entry] | null = null;
    for (const [id, entry] of entries) {
      if (entry.at > end || (on !== null && entry.on !== on)) continue;
      if (found === null || entry.at < found[1].at) found = [id, entry];
    }
    return found;
  }

  function fire([id, entry]: [number, Entry]): void {
    time = Math.max(time, entry.at);
    if (entry.every === null) entries.delete(id);
    else entry.at = time + entry.every;
    entry.run();
  }

  async function run(end: number, on: "server" | null): Promise<void> {
    for (;;) {
      await settle();
      const next = nextUntil(end, on);
      if (next === null) break;
      fire(next);
    }
    time = end;
  }

  return {
    now: () => time,
    wait,
    settle,
    async advance(ms) {
      await run(time + ms, null);
      await settle();
    },
    async deviceSleeps(ms) {
      await run(time + ms, "server");
      await run(time, null);
      await settle();
    },
    install() {
      /** A timer of a millisecond or less means "as soon as possible", not "when somebody moves the time". */
      const soon = (task: () => void) => {
        let isOff = false;
        underWay += 1;
        later(() => {
          underWay -= 1;
          stirred += 1;
          if (!isOff) task();
        });
        return handle(0, () => {
          isOff = true;
        });
      };
      const handle = (id: number, stop: () => void) => ({
        stop,
        ref() {},
        unref() {},
        hasRef: () => true,
        [Symbol.toPrimitive]: () => id,
      });
      const timer =
        (every: boolean) =>
        (task: (...given: unknown[]) => void, ms?: number, ...given: unknown[]) => {
          const delay = Math.max(0, Number(ms) || 0);
          if (delay <= 1 && !every) return soon(() => task(...given));
          const id = add({ at: time + delay, run: () => task(...given), every: every ? delay : null, on: "page" });
          return handle(id, () => entries.delete(id));
        };
      const clear = (given: unknown) => {
        if (typeof given === "object" && given !== null && "stop" in given && typeof given.stop === "function")
          given.stop();
      };
      const undo = [
        replace(globalThis, {
          setTimeout: timer(false),
          setInterval: timer(true),
          clearTimeout: clear,
          clearInterval: clear,
        }),
        replace(Date, { now: () => time }),
        replace(performance, { now: hastening(performance.now.bind(performance)) }),
        counting((work) => {
          underWay += 1;
          return work.finally(() => {
            underWay -= 1;
            stirred += 1;
          });
        }),
      ];
      return () => {
        for (const back of undo) back();
      };
    },
  };
}

/** Never set back, because React compares instants of one test with those of the next. */
let ahead = 0;

/** Makes a clock that leaps between any two steps of the program and stands still during each, so that none looks slow. */
function hastening(now: () => number): () => number {
  let isDue = false;
  return () => {
    if (!isDue) {
      isDue = true;
      queueMicrotask(() => {
        isDue = false;
        ahead += STEP_SEEMS_MS;
      });
    }
    return now() + ahead;
  };
}

/** The ciphers run on other threads, so that an idle event loop is no sign that nothing is under way. */
function counting(count: <T>(work: Promise<T>) => Promise<T>): () => void {
  const { subtle } = crypto;
  const names = ["sign", "verify", "digest", "importKey", "generateKey", "exportKey", "encrypt", "decrypt"] as const;
  return replace(
    subtle,
    Object.fromEntries(
      names.map((name) => {
        const own = subtle[name];
        return [name, (...given: unknown[]) => count(Promise.resolve(Reflect.apply(own, subtle, given)))];
      }),
    ),
  );
}

/** Puts other members in place of an object's own and returns what puts them back. */
function replace(target: object, members: Readonly<Record<string, unknown>>): () => void {
  const before = Object.keys(members).map((name) => [name, Object.getOwnPropertyDescriptor(target, name)] as const);
  for (const [name, value] of Object.entries(members)) {
    Object.defineProperty(target, name, { value, configurable: true, writable: true });
  }
  return () => {
    for (const [name, descriptor] of before) {
      if (descriptor === undefined) Reflect.deleteProperty(target, name);
      else Object.defineProperty(target, name, descriptor);
    }
  };
}
