import { createMemoryStore } from "../bff/store.ts";
import type { Notice } from "../bff/notices.ts";
import type { Upstream, UpstreamAnswer, UpstreamRequest } from "../bff/upstream.ts";
import { openPage, type Page } from "../journeys/page.tsx";
import { createEavesdropper, type Place } from "../journeys/places.ts";
import { createStack, type Stack, START } from "../journeys/stack.ts";
import { createVirtualTime, type VirtualTime } from "../journeys/virtual-time.ts";
import { createVirtualUpstream } from "../journeys/virtual-upstream.ts";
import { createBadStore } from "./bad-store.ts";
import { createChance } from "./chance.ts";
import { createProcess, type Process } from "./process.ts";
import { ACTIONS, type Fault, type Schedule } from "./schedule.ts";
import { cellOf } from "./cells.ts";
import { createBadWire } from "./wire.ts";

/** The whole stack under the faults of one schedule. */
export type World = {
  readonly time: VirtualTime;
  readonly stack: Stack;
  /** Opens the page in the person's one browser. */
  readonly open: () => Promise<Page>;
  /** Sets the device's clock so far ahead of the servers', in ms. */
  readonly setAhead: (ms: number) => void;
  /** Ends the BFF's process and starts another. */
  readonly restart: () => void;
  /** Counts that a fault struck. */
  readonly strike: (fault: Fault) => void;
  readonly struck: Readonly<Record<string, number>>;
  /** Takes all faults away: from now on everything works. */
  readonly heal: () => void;
  /** Where a secret may have been left. */
  readonly places: () => readonly Place[];
  /** How much of the tenant's ledger the BFF has heard of: how long it was when the last answer about what there is was asked for. */
  readonly heard: () => number;
  /** Codes of enrollment or proof that left for the tenant. */
  readonly verifyCalls: () => number;
  /** What the owner of the account was told of, each notice once however often it was tried. */
  readonly notices: () => readonly Notice[];
  /** The recovery codes that reached a process which lived on and could write them down. */
  readonly received: () => readonly string[];
  /** Closes the pages and gives the real time back. */
  readonly close: () => void;
};

/** With a store that fails, half a minute of attempts may pass before an answer is written down. */
const WRITING_MS = 35_000;
const MANAGEMENT = {
  AUTH0_MANAGEMENT_CLIENT_ID: "mfa-enroll-management",
  AUTH0_MANAGEMENT_CLIENT_SECRET: "mfa-enroll-management-secret",
};

/** Creates the stack of a schedule. `around` stands between the BFF and the tenant. */
export function createWorld({ errand, faults }: Schedule, around: (upstream: Upstream) => Upstream): World {
  const time = createVirtualTime(START);
  const giveBack = time.install();
  const of = <On extends Fault["on"]>(on: On) =>
    faults.filter((fault): fault is Extract<Fault, { on: On }> => fault.on === on);
  const struck: Record<string, number> = {};
  const strike = (fault: Fault) => {
    const cell = cellOf(fault);
    struck[cell] = (struck[cell] ?? 0) + 1;
  };

  const badStore = createBadStore({
    inner: createMemoryStore(time),
    faults: of("store"),
    clock: time,
    onStruck: strike,
  });
  const writingMs = of("store").length > 0 ? WRITING_MS : 0;
  let kills = of("kill");
  let calls = 0;
  let verifyCalls = 0;
  let heard = 0;
  const before = new WeakMap<UpstreamRequest, number>();
  let received: { readonly code: string; readonly at: number }[] = [];
  const notices = new Map<string, Notice>();
  let running: Process | null = null;

  function onCall(when: "before" | "after", request: UpstreamRequest, answer?: UpstreamAnswer): void {
    if (when === "before") {
      calls += 1;
      before.set(request, stack.simulator.ledger.list().length);
    }
    const kill = kills.find((fault) => fault.nth === calls && fault.when === when);
    if (kill !== undefined) {
      strike(kill);
      return restart();
    }
    if (when === "before" && /mfa-(oob|otp)/.test(request.body ?? "")) verifyCalls += 1;
    // What is done while an answer is on its way may not be in it; an order to remove tells of itself.
    if (answer && tellsWhatThereIs(request, answer))
      heard = Math.max(heard, (before.get(request) ?? 0) + (request.method === "DELETE" ? 1 : 0));
    const code = /"recovery_codes?":\s*\[?"([A-Z0-9]{24})"/.exec(answer?.text ?? "")?.[1];
    if (code !== undefined) received.push({ code, at: time.now() });
  }

  function restart(): void {
    // What reached the process in its last moment may be in no store yet.
    received = received.filter(({ at }) => at < time.now() - writingMs);
    running?.kill();
    stack.restart();
  }

  const chance = createChance(1);
  const stack = createStack({
    clock: time,
    connection: (answer) => Promise.race(running === null ? [answer] : [answer, running.end]),
    env: {
      MFA_SIGN_IN: errand.way === "redirect" ? "redirect" : "redirect,password",
      ...(errand.repair ? MANAGEMENT : {}),
    },
    random: (count) => Uint8Array.from({ length: count }, () => chance.between(0, 255)),
    bff() {
      running = createProcess({
        clock: time,
        store: badStore.store,
        upstream: around(createVirtualUpstream((request) => stack.simulator.fetch(request), time)),
        onCall,
      });
      const notify = async (notice: Notice) => {
        notices.set(notice.id, notice);
      };
      return { ...running.parts, notify };
    },
  });
  for (const fault of of("tenant")) {
    const { route, nth, phase, action } = fault;
    stack.simulator.faults.add({ route, nth, phase, action: ACTIONS[action] }, () => strike(fault));
  }

  const ear = createEavesdropper();
  const bad = createBadWire({ faults: of("wire"), clock: time, onStruck: strike });
  let ahead = 0;
  const browser = stack.browser();
  const pages: Page[] = [];
  return {
    time,
    stack,
    async open() {
      const page = await openPage(browser, {
        time,
        clockAhead: () => ahead,
        wire: (request, send) => bad.wire(request, (passed) => ear.wire(passed, send)),
      });
      pages.push(page);
      return page;
    },
    setAhead(ms) {
      ahead = ms;
    },
    restart,
    strike,
    struck,
    heal() {
      stack.simulator.faults.clear();
      bad.heal();
      badStore.heal();
      kills = [];
    },
    places: () => [
      ...ear.heard,
      { where: "the log", text: JSON.stringify(stack.log), may: [] },
      { where: "the store", text: badStore.texts.join("\n"), may: [] },
    ],
    heard: () => heard,
    verifyCalls: () => verifyCalls,
    notices: () => [...notices.values()],
    received: () => received.map(({ code }) => code),
    close() {
      for (const page of pages) page.close();
      giveBack();
    },
  };
}

function tellsWhatThereIs({ method, path }: UpstreamRequest, { status, text }: UpstreamAnswer): boolean {
  if (!path.startsWith("/mfa/authenticators") || status >= 300) return false;
  return method === "DELETE" ? status === 204 : text.startsWith("[");
}
