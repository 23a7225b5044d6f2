import { Hono } from "hono";
import type { BuiltPage } from "../app/built-page.ts";
import { DEMO_PASSWORD, type People } from "../simulator/people.ts";
import type { Outbox } from "../simulator/outbox.ts";
import type { DemoClock } from "./demo-clock.ts";
import {
  type DemoChange,
  type DemoSwitches,
  type DemoView,
  demoChangeSchema,
  laterSchema,
  type ScenarioView,
} from "./demo-view.ts";
import { createOutboxStreams } from "./outbox-stream.ts";
import { SCENARIOS, told } from "./scenarios/catalogue.ts";

/** What the demo's own addresses stand on. */
export interface DemoParts {
  outbox: Pick<Outbox, "list" | "subscribe">;
  people: Pick<People, "list">;
  page: BuiltPage;
  clock: Pick<DemoClock, "now" | "later">;
  /** The scenario that is played; null when there is none. */
  scenario(): ScenarioView | null;
  switches(): DemoSwitches;
  change(wanted: DemoChange): void;
  /** Puts the tenant back to how it started and forgets every session. */
  reset(): Promise<void>;
}

/** The addresses below `/demo/`: the phone and the mailbox as pages, what they show as data, the clock and the switches. */
export interface DemoRoutes {
  fetch(request: Request): Promise<Response>;
  /** Tells every open page that all messages are gone. */
  clear(): void;
  close(): void;
}

/** Creates the demo's own addresses. They hold codes in the clear, as a phone does, so they exist in the demo alone. */
export function createDemoRoutes(parts: DemoParts): DemoRoutes {
  const { outbox, people, page, clock, scenario, switches, change, reset } = parts;
  const streams = createOutboxStreams(outbox);
  const playing = (): ScenarioView | null => {
    const at = scenario();
    return at && told(at);
  };
  const view = (): DemoView => ({
    now: clock.now(),
    scenario: playing(),
    password: DEMO_PASSWORD,
    people: people.list().map(({ email, about }) => ({ email, about })),
    switches: switches(),
  });

  const routes = new Hono().basePath("/demo");
  routes.use(async (context, next) => {
    // A page of another site must not turn the switches of a demo that runs on somebody's machine.
    const from = context.req.header("Sec-Fetch-Site") ?? "none";
    if (context.req.method !== "GET" && from !== "same-origin" && from !== "none") return context.body(null, 403);
    await next();
    context.header("Cache-Control", "no-store");
    return undefined;
  });
  for (const name of ["phone", "mailbox"]) {
    routes.get(`/${name}`, (context) => page(context.req.raw, `/src/demo/${name}.html`) ?? context.notFound());
  }
  routes.get("/outbox", (context) => context.json(outbox.list()));
  routes.get("/outbox/stream", (context) => streams.open(context.req.header("Last-Event-ID") ?? null));
  routes.get("/state", (context) => context.json(view()));
  routes.get("/scenarios", (context) =>
    context.json(SCENARIOS.map(({ title, scenarios }) => ({ title, scenarios: scenarios.map(told) }))),
  );
  routes.post("/later", async (context) => {
    const wanted = laterSchema.safeParse(await context.req.json().catch(() => null));
    if (!wanted.success) return context.body(null, 400);
    clock.later(wanted.data.seconds);
    return context.json(view());
  });
  routes.post("/switches", async (context) => {
    const wanted = demoChangeSchema.safeParse(await context.req.json().catch(() => null));
    if (!wanted.success) return context.body(null, 400);
    change(wanted.data);
    return context.json(view());
  });
  routes.post("/reset", async (context) => {
    await reset();
    streams.clear();
    return context.json(view());
  });
  return {
    fetch: async (request) => routes.fetch(request),
    clear: () => streams.clear(),
    close: () => streams.close(),
  };
}
