import type { Clock } from "../bff/clock.ts";
import type { Metrics } from "../bff/metrics.ts";
import type { Store } from "../bff/store.ts";

/*
 * What a supervisor, a load balancer and Prometheus ask, on a port of its own: so no rule of the public port has an exception
 * for them, and no path or header of a stranger's can reach it. It guards nothing itself and tells nothing of anybody.
 */

/** One second, after which the store counts as down for everybody else too. */
const STORE_WITHIN_MS = 1_000;
/** An entry that nobody has: its absence is an answer. */
const NOBODY = "ready";

/** Creates the handler of the operations port: /health, /ready and /metrics, for GET alone. */
export function createOperations(options: {
  metrics: Metrics;
  store: Pick<Store, "read">;
  clock: Clock;
  /** Tells whether the node was asked to stop. */
  isLeaving: () => boolean;
}): (request: Request) => Promise<Response> {
  const { metrics, store, clock, isLeaving } = options;

  /**
   * The tenant is not asked: while it is down each node still tells people the truth about it, and taking all of them away would leave
   * nobody to do so.
   */
  async function whyNotReady(): Promise<"leaving" | "store" | null> {
    if (isLeaving()) return "leaving";
    const waiting = new AbortController();
    const late = clock.wait(STORE_WITHIN_MS, waiting.signal).then(() => false);
    // A reading is enough: with a store that only reads, people still see where they are, and nothing is sent.
    const read = (async () => store.read(NOBODY))().then(
      () => true,
      () => false,
    );
    const answers = await Promise.race([read, late]);
    waiting.abort();
    return answers ? null : "store";
  }

  return async (request) => {
    if (request.method !== "GET") return told(405, { status: "refused" }, { allow: "GET" });
    switch (new URL(request.url).pathname) {
      case "/health":
        return told(200, { status: "pass" });
      case "/ready": {
        const why = await whyNotReady();
        return why === null ? told(200, { status: "pass" }) : told(503, { status: "fail", why });
      }
      case "/metrics":
        return new Response(await metrics.text(), {
          headers: { "content-type": metrics.contentType, "cache-control": "no-store" },
        });
      default:
        return told(404, { status: "unknown" });
    }
  };
}

function told(status: number, body: Record<string, string>, headers: Record<string, string> = {}): Response {
  return Response.json(body, { status, headers: { ...headers, "cache-control": "no-store" } });
}
