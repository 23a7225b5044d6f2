import { describe, expect, test } from "vitest";
import * as z from "zod/mini";
import { createManualClock } from "../journeys/manual-clock.ts";
import { createSharedStore } from "../journeys/shared-store.ts";
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

describe.each([
  ["in this process's memory", createMemoryStore],
  ["in a store that nodes share", createSharedStore],
])("a record %s", (_, create) => {
  test("counts every one of a thousand updates that come at once", async () => {
    const records = recordsOver(create(createManualClock(0)));
    const counts = await Promise.all(Array.from({ length: 1000 }, () => records.update("a", countUp)));
    expect(new Set(counts).size).toBe(1000);
    expect(await records.read("a")).toEqual({ count: 1000 });
  });

  test("loses no update between two nodes", async () => {
    const store = create(createManualClock(0));
    const nodes = [recordsOver(store), recordsOver(store)];
    await Promise.all(nodes.flatMap((node) => Array.from({ length: 10 }, () => node.update("a", countUp))));
    expect(await nodes[0]?.read("a")).toEqual({ count: 20 });
  });

  test("that was removed, or has ended, is not there any more", async () => {
    const clock = createManualClock(0);
    const records = recordsOver(create(clock));
    await records.update("a", countUp);
    await records.remove("a");
    expect(await records.read("a")).toBeNull();
    expect(await records.update("a", countUp)).toBe(1);
    await clock.advance(60_000);
    expect(await records.read("a")).toBeNull();
  });

  test("that a change leaves as it is ends when it would have ended without it", async () => {
    const clock = createManualClock(0);
    const records = recordsOver(create(clock));
    await records.update("a", countUp);
    await clock.advance(40_000);
    await records.update("a", (current) => ({ record: current ?? { count: 0 }, result: null }));
    await clock.advance(20_000);
    expect(await records.read("a")).toBeNull();
  });

  test("is what a change throws at, and stays as it was", async () => {
    const records = recordsOver(create(createManualClock(0)));
    await records.update("a", countUp);
    const refusing = records.update("a", () => {
      throw new Error("no");
    });
    await expect(refusing).rejects.toThrow("no");
    expect(await records.update("a", countUp)).toBe(2);
  });
});

describe("a record in a store that nodes share", () => {
  test("that a change leaves as it is, or refuses to change, is not written", async () => {
    let writes = 0;
    const store = createSharedStore(createManualClock(0));
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

  test("that another node has changed is told of as it is now: to what refuses, and to what leaves it as it is", async () => {
    const store = createSharedStore(createManualClock(0));
    const [here, elsewhere] = [recordsOver(store), recordsOver(store)];
    await here.update("a", countUp);
    await elsewhere.update("a", countUp);
    const look = (current: { count: number } | null) => {
      if (current?.count === 1) throw new Error("This was so before.");
      return { record: current ?? { count: 0 }, result: current?.count };
    };
    expect(await here.update("a", look)).toBe(2);
    await elsewhere.update("a", countUp);
    expect(await here.update("a", (current) => ({ record: current ?? { count: 0 }, result: current?.count }))).toBe(3);
  });

  test("is not read for a change of what was read or written last, nor for what has just been given its id", async () => {
    let reads = 0;
    const store = createSharedStore(createManualClock(0));
    const read: Store["read"] = (...given) => {
      reads += 1;
      return store.read(...given);
    };
    const records = recordsOver({ ...store, read });
    expect(await records.update("a", countUp, { isNew: true })).toBe(1);
    expect(await records.update("a", countUp)).toBe(2);
    expect(reads).toBe(0);
    await recordsOver(store).update("a", countUp);
    expect([await records.update("a", countUp), reads]).toEqual([4, 1]);
    await recordsOver(store).update("b", countUp);
    expect(await records.update("b", countUp, { isNew: true })).toBe(2);
  });

  test("of another shape, or of a store that never takes it, is refused rather than guessed", async () => {
    const store = createSharedStore(createManualClock(0));
    await store.write("count:a", sealer.seal('{"count":"many"}', "count:a"), { ifVersion: null, ttlSeconds: 60 });
    expect(await recordsOver(store).read("a")).toBeNull();
    const stubborn = recordsOver({ ...store, write: async () => null });
    await expect(stubborn.update("b", countUp)).rejects.toMatchObject({ refusal: { code: "service_unavailable" } });
  });

  test("is opened once for as long as its text is the same, and anew for every other text", async () => {
    const store = createSharedStore(createManualClock(0));
    let opened = 0;
    const open: typeof sealer.open = (...given) => {
      opened += 1;
      return sealer.open(...given);
    };
    const parse = z.object({ count: z.number() });
    const here = createRecords({ kind: "count", store, sealer: { ...sealer, open }, parse, ttlSeconds: () => 60 });
    const elsewhere = recordsOver(store);
    await elsewhere.update("a", countUp);
    expect([await here.read("a"), await here.read("a"), opened]).toEqual([{ count: 1 }, { count: 1 }, 1]);
    await elsewhere.update("a", countUp);
    expect([await here.read("a"), opened]).toEqual([{ count: 2 }, 2]);
    await here.update("a", countUp);
    expect([await here.read("a"), opened]).toEqual([{ count: 3 }, 2]);
    await elsewhere.remove("a");
    expect(await here.read("a")).toBeNull();
  });
});
