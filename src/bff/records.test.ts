import { describe, expect, test } from "vitest";
import * as z from "zod/mini";
import { createManualClock } from "../journeys/manual-clock.ts";
import { createRecords } from "./records.ts";
import { createSealer } from "./sealing.ts";
import { createMemoryStore, type Store } from "./store.ts";

const sealer = createSealer(new Uint8Array(32));

function recordsOver(store: Store) {
  return createRecords({ kind: "count", store, sealer, parse: z.object({ count: z.number() }), ttlSeconds: () => 60 });
}

const countUp = (current: { count: number } | null) => {
  const record = { count: (current?.count ?? 0) + 1 };
  return { record, result: record.count };
};

describe("a record", () => {
  test("counts every one of a thousand updates that come at once", async () => {
    const records = recordsOver(createMemoryStore(createManualClock(0)));
    const counts = await Promise.all(Array.from({ length: 1000 }, () => records.update("a", countUp)));
    expect(new Set(counts).size).toBe(1000);
    expect(await records.read("a")).toEqual({ count: 1000 });
  });

  test("loses no update between two nodes", async () => {
    const store = createMemoryStore(createManualClock(0));
    const nodes = [recordsOver(store), recordsOver(store)];
    await Promise.all(nodes.flatMap((node) => Array.from({ length: 10 }, () => node.update("a", countUp))));
    expect(await nodes[0]?.read("a")).toEqual({ count: 20 });
  });

  test("that a change leaves as it is, or refuses to change, is not written", async () => {
    let writes = 0;
    const store = createMemoryStore(createManualClock(0));
    const write: Store["write"] = (...given) => {
      writes += 1;
      return store.write(...given);
    };
    const records = recordsOver({ ...store, write });
    await records.update("a", countUp);
    await records.update("a", (current) => ({ record: current ?? { count: 0 }, result: null }));
    const refusing = records.update("a", () => {
      throw new Error("no");
    });
    await expect(refusing).rejects.toThrow("no");
    expect(await records.update("a", countUp)).toBe(2);
    expect(writes).toBe(2);
  });

  test("of another shape, or of a store that never takes it, is refused rather than guessed", async () => {
    const store = createMemoryStore(createManualClock(0));
    await store.write("count:a", sealer.seal('{"count":"many"}', "count:a"), { ifVersion: null, ttlSeconds: 60 });
    expect(await recordsOver(store).read("a")).toBeNull();
    const stubborn = recordsOver({ ...store, write: async () => false });
    await expect(stubborn.update("b", countUp)).rejects.toMatchObject({ refusal: { code: "service_unavailable" } });
  });
});
