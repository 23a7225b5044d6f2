/** Where in a change the node dies. `random`: any instant of the call, wherever that is. */
export const KILL_WINDOWS = ["before_call", "in_flight", "not_stored", "not_replied", "random"] as const;

/** Names a window. */
export type KillWindow = (typeof KILL_WINDOWS)[number];

/** The calls during which a node is killed. */
export type KilledCall = "start" | "resend" | "confirm";

/** Describes one flow and the one kill in it. */
export type PlannedKill = {
  id: number;
  window: KillWindow;
  /** Each window has two ends: the instant it opens and the last one before it closes. */
  end: "early" | "late";
  during: KilledCall;
  channel: "sms" | "voice" | "email";
  /** For `random`: how long after the request leaves the page. */
  afterMs: number;
};

/** What the table calls each window. */
export const WINDOW_TITLES: Readonly<Record<KillWindow, string>> = {
  before_call: "before the upstream call",
  in_flight: "in flight",
  not_stored: "answer in, not stored",
  not_replied: "stored, not replied",
  random: "any instant",
};

/** The longest that a call of these flows takes on a busy machine; a random kill falls anywhere in it. */
const CALL_TAKES_MS = 120;

const CALLS: readonly KilledCall[] = ["start", "confirm", "start", "confirm", "resend"];
/** Two mailboxes in ten, at a start and at a confirm; the rest are phones, where another message need not be waited for. */
const CHANNELS = ["sms", "voice", "sms", "voice", "sms", "voice", "sms", "email", "email", "voice"] as const;

/** Plans `each` kills for each window, in an order and with random instants that the seed decides. */
export function planKills({ each, seed }: { each: number; seed: number }): PlannedKill[] {
  const random = createRandom(seed);
  const plans = KILL_WINDOWS.flatMap((window) =>
    Array.from({ length: each }, (_, index): Omit<PlannedKill, "id"> => {
      const during = CALLS[index % CALLS.length] ?? "start";
      return {
        window,
        end: index % 2 === 0 ? "early" : "late",
        during,
        channel: CHANNELS[index % CHANNELS.length] ?? "sms",
        afterMs: Math.floor(random() * CALL_TAKES_MS),
      };
    }),
  );
  return plans
    .map((plan) => ({ plan, at: random() }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ plan }, index) => ({ ...plan, id: index + 1 }));
}

/** Numbers from 0 to 1 that a seed decides (mulberry32): a failing run can be run again. */
export function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
