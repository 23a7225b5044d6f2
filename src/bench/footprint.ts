import { sendAtRate } from "./fixed-rate.ts";
import type { Program } from "./program.ts";
import { startOf } from "./requests.ts";

/** As many as the goals speak of. */
const VISITS = 10_000;
/** As fast as a start is carried out without a queue that would be measured too. */
const STARTS_PER_SECOND = 1_000;
/** Run first, so that compiled code and filled pools are not taken for visits. */
const WARM_UP = 2_000;

/** Returns what ten thousand visits take up in a BFF that was just started, in bytes: idle ones, or in the middle of an enrollment. */
export async function bytesOfVisits(bff: Program, state: "idle" | "enrolling"): Promise<number> {
  await add(bff, state, WARM_UP);
  await bff.ask({ do: "forget" });
  const before = Number(await bff.ask({ do: "memory" }));
  await add(bff, state, VISITS);
  return Number(await bff.ask({ do: "memory" })) - before;
}

async function add(bff: Program, state: "idle" | "enrolling", count: number): Promise<void> {
  if (state === "idle") await bff.ask({ do: "seed", kind: "idle", count });
  else {
    const cookies = await bff.ask({ do: "seed", kind: "fresh", count });
    await sendAtRate(bff.port, STARTS_PER_SECOND, typeof cookies === "number" ? [] : cookies.map(startOf));
  }
}
