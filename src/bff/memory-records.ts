import type * as z from "zod/mini";
import type { Records } from "./records.ts";
import { Refused } from "./refused.ts";
import type { Memory } from "./store.ts";

/** Which schema a record is known to fit: what was written here need not be parsed when it is read. */
const fitting = new WeakMap<object, unknown>();

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
  const fits = (record: object): record is T => fitting.get(record) === parse;

  function recordIn(kept: object): T | null {
    if (fits(kept)) return kept;
    const parsed = parse.safeParse(kept);
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
      const done = shelf.write(id, next.record, { ifVersion: version, ttlSeconds: ttlSeconds(next.record) });
      // Nothing ran in between, unless the change itself has changed the record.
      if (!done) throw new Refused({ code: "service_unavailable" });
      fitting.set(next.record, parse);
      return next.result;
    },
    remove: async (id) => shelf.remove(id),
  };
}
