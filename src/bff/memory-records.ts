import type * as z from "zod/mini";
import type { Records } from "./records.ts";
import { Refused } from "./refused.ts";
import type { Kept, Memory } from "./store.ts";

/**
 * Creates the records of one kind over this process's memory. What is read is what was written, so nothing is sealed, parsed or waited
 * for, and no two updates can cross.
 */
export function createMemoryRecords<T extends object>(options: {
  kind: string;
  memory: Memory;
  parse: z.ZodMiniType<T>;
  ttlSeconds: (record: T) => number;
}): Records<T> {
  const { kind, memory, parse, ttlSeconds } = options;
  const shelf = memory(kind);
  // What was written by this very schema need not be parsed.
  const fits = (kept: Kept): kept is Kept & { record: T } => kept.schema === parse;

  function recordIn(kept: Kept): T | null {
    if (fits(kept)) return kept.record;
    const parsed = parse.safeParse(kept.record);
    return parsed.success ? parsed.data : null;
  }

  function read(id: string): { record: T | null; version: number | null } {
    const kept = shelf.read(id);
    return kept ? { record: recordIn(kept.content), version: kept.version } : { record: null, version: null };
  }

  return {
    read: async (id) => read(id).record,
    async update(id, change) {
      const { record, version } = read(id);
      const next = change(record);
      if (next.record === record) return next.result;
      const kept = { record: next.record, schema: parse };
      const done = shelf.write(id, kept, { ifVersion: version, ttlSeconds: ttlSeconds(next.record) });
      // Nothing ran in between, unless the change itself has changed the record.
      if (done === null) throw new Refused({ code: "service_unavailable" });
      return next.result;
    },
    remove: async (id) => shelf.remove(id),
  };
}
