import type { Fetch } from "../app/site.ts";
import type { Simulator } from "../simulator/simulator.ts";
import { BASE_PATH } from "./demo-bff.ts";
import { findScenario } from "./scenarios/catalogue.ts";
import type { Scenario, Stage } from "./scenarios/scenario.ts";
import { createVisitor } from "./visitor.ts";

/** What scenarios are played on, and how the demo is cleared for one. */
export interface ScenarioParts extends Omit<Stage, "visitor"> {
  tenant: Simulator;
  bffAt(origin: string): Fetch;
  /** Puts the tenant, the BFF and the clock back to how the demo starts. */
  startOver(): Promise<void>;
}

/** Opens scenarios by link. */
export interface ScenarioDoor {
  /** Sets a scenario's situation and sends the browser on to the page; null for a request that names none. */
  open(request: Request): Promise<Response | null>;
  /** The scenario that is played; null when there is none. */
  current(): Scenario | null;
  /** Forgets which scenario is played. */
  end(): void;
}

/** The page opens its drawer, where there is one, when it is arrived at by this address. */
const ARRIVAL = "/#scenario";

/** Creates the door for `/?scenario=NAME`. One scenario is set at a time, in the order of the requests. */
export function createScenarioDoor({ bffAt, startOver, ...stage }: ScenarioParts): ScenarioDoor {
  let playing: Scenario | null = null;
  let last: Promise<unknown> = Promise.resolve();

  async function set(scenario: Scenario, origin: string): Promise<Response> {
    await startOver();
    playing = scenario;
    const visitor = createVisitor({
      origin,
      basePath: BASE_PATH,
      fetch: (request) => bffAt(origin)(request),
      newestCode: () => stage.tenant.outbox.list().at(-1)?.code ?? "",
    });
    await scenario.set({ ...stage, visitor });
    const cookie = visitor.cookie();
    return leaveFor(ARRIVAL, cookie === null ? {} : { "Set-Cookie": cookie });
  }

  return {
    async open(request) {
      const { origin, pathname, searchParams } = new URL(request.url);
      const name = searchParams.get("scenario");
      if (pathname !== "/" || name === null || request.method !== "GET") return null;
      // A link may be followed from anywhere, but no other site's picture or frame, and no guess of the browser's, may set it.
      const destination = request.headers.get("Sec-Fetch-Dest") ?? "document";
      if (destination !== "document" || request.headers.has("Sec-Purpose")) return new Response(null, { status: 403 });
      const scenario = findScenario(name);
      if (!scenario) return leaveFor(`/scenarios#unknown=${encodeURIComponent(name.slice(0, 80))}`);
      const turn = last.then(() => set(scenario, origin));
      last = turn.catch(() => null);
      return turn;
    },
    current: () => playing,
    end() {
      playing = null;
    },
  };
}

function leaveFor(location: string, headers: Readonly<Record<string, string>> = {}): Response {
  return new Response(null, { status: 303, headers: { ...headers, Location: location, "Cache-Control": "no-store" } });
}
