import type { Sample } from "./trend.ts";

/** What is looked at in the server's process, as its metrics name it. */
export const LOOKED_AT = {
  rss: "process_resident_memory_bytes",
  heap: "nodejs_heap_size_used_bytes",
  external: "nodejs_external_memory_bytes",
  descriptors: "process_open_fds",
  handles: "nodejs_active_handles_total",
} as const;

/** Names one of them. */
export type Looked = keyof typeof LOOKED_AT;

/** Every look so far, each at the same instants. */
export type Looks = Readonly<Record<Looked, Sample[]>>;

/** Begins without a look. */
export function noLooks(): Looks {
  return { rss: [], heap: [], external: [], descriptors: [], handles: [] };
}

/** Reads one look from the text of a server's metrics. Throws where one of them is missing: a run that sees nothing would pass. */
export function look(looks: Looks, metrics: string, at: number): void {
  for (const name of ["rss", "heap", "external", "descriptors", "handles"] as const) {
    const value = new RegExp(`^${LOOKED_AT[name]} (\\S+)$`, "m").exec(metrics)?.[1];
    if (value === undefined) throw new Error(`The metrics do not tell of ${LOOKED_AT[name]}.`);
    looks[name].push({ at, value: Number(value) });
  }
}
