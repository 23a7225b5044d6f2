import type { BuiltPage } from "../app/built-page.ts";
import { demoClient, managementClient } from "../simulator/clients.ts";
import { startTenant } from "../simulator/serve-tenant.ts";
import { announcement } from "./announcement.ts";
import { createDemoClock } from "./demo-clock.ts";
import { BRAND, callbackOf, type Demo, startDemo } from "./start-demo.ts";

/** A demo with its tenant running; `close` ends both. */
export interface RunningDemo {
  fetch: Demo["fetch"];
  /** What to print for the person who started it. */
  words: string;
  close(): Promise<void>;
}

/** Starts the simulated tenant on `tenantPort` or the next free one, and the demo for a page that listens on `port`. */
export async function runDemo({
  port,
  tenantPort,
  page,
  directory = null,
}: {
  port: number;
  tenantPort: number;
  page: BuiltPage;
  /** Where the page was built, as `startDemo` takes it. */
  directory?: string | null;
}): Promise<RunningDemo> {
  const origins = [`http://localhost:${port}`, `http://127.0.0.1:${port}`];
  const clock = createDemoClock();
  const tenant = await startTenant({
    now: clock.now,
    wait: clock.wait,
    host: "127.0.0.1",
    port: tenantPort,
    fallback: true,
    settings: { brand: BRAND },
    clients: [
      demoClient(
        origins.map(callbackOf),
        origins.map((origin) => `${origin}/`),
      ),
      managementClient(),
    ],
    // Texts are bound to this host, so that a browser offers their code on the page and nowhere else.
    messageHost: "localhost",
  });
  const demo = startDemo({ origins, page, directory, tenant, clock });
  return {
    fetch: demo.fetch,
    words: announcement({
      page: `http://localhost:${port}`,
      tenant: tenant.origin,
      people: tenant.simulator.people.list(),
    }),
    async close() {
      await demo.close();
      await tenant.close();
    },
  };
}
