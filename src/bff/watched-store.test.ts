import { expect, test } from "vitest";
import type { Told } from "./report.ts";
import { createMemoryStore, type Store } from "./store.ts";
import { watchedStore } from "./watched-store.ts";

function watched(store: Store) {
  const told: Told[] = [];
  let time = 0;
  const now = () => (time += 2);
  return { told, store: watchedStore(store, { report: (one) => void told.push(one), now }) };
}

test("every call of the store is measured, and does what it did", async () => {
  const { told, store } = watched(createMemoryStore({ now: () => 0 }));
  expect(await store.write("a", "text", { ifVersion: null, ttlSeconds: 5 })).not.toBeNull();
  expect(await store.read("a")).toMatchObject({ text: "text" });
  await store.remove("a");
  expect(told).toEqual(
    ["write", "read", "remove"].map((operation) => ({
      measure: "store_call",
      operation,
      outcome: "done",
      durationMs: 2,
    })),
  );
});

test("an outage is told once when it begins and once when it is over", async () => {
  let isDown = false;
  const read = async () => {
    if (isDown) throw new Error("Connection is closed.");
    return null;
  };
  const { told, store } = watched({ ...createMemoryStore({ now: () => 0 }), read });
  const events = () => told.flatMap((one) => ("event" in one ? [one.event] : []));
  await store.read("a");
  expect(events()).toEqual([]);
  isDown = true;
  await expect(store.read("a")).rejects.toThrow("closed");
  await expect(store.read("a")).rejects.toThrow("closed");
  expect(events()).toEqual(["store_down"]);
  isDown = false;
  await store.read("a");
  await store.read("a");
  expect(events()).toEqual(["store_down", "store_back"]);
  expect(told).toContainEqual({ measure: "store_call", operation: "read", outcome: "failed", durationMs: 2 });
});
