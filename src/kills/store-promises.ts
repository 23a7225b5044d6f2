import { deepEqual, equal, notEqual } from "node:assert/strict";
import type { Store } from "../bff/store.ts";

/** One promise that every store keeps. `wait` lets so many milliseconds pass for the store. */
export type StorePromise = {
  title: string;
  holds(store: Store, wait: (ms: number) => Promise<void>): Promise<void>;
};

const MINUTE = 60;

/** The promises of the store port. Each uses ids of its own, so they can be held against one store one after the other. */
export const storePromises: readonly StorePromise[] = [
  {
    title: "what was written is read back, to the letter",
    async holds(store) {
      const text = 'sealed "text" with ünïcödé, a line\nand a nul \0 in it';
      equal(await store.read("p:whole"), null);
      const version = await store.write("p:whole", text, { ifVersion: null, ttlSeconds: MINUTE });
      deepEqual(await store.read("p:whole"), { text, version });
    },
  },
  {
    title: "what is there is not written over by somebody who saw nothing",
    async holds(store) {
      await store.write("p:first", "first", { ifVersion: null, ttlSeconds: MINUTE });
      equal(await store.write("p:first", "second", { ifVersion: null, ttlSeconds: MINUTE }), null);
      equal((await store.read("p:first"))?.text, "first");
    },
  },
  {
    title: "what is gone is not written by somebody who saw it",
    async holds(store) {
      equal(await store.write("p:gone", "text", { ifVersion: 1, ttlSeconds: MINUTE }), null);
      equal(await store.read("p:gone"), null);
    },
  },
  {
    title: "of twenty who read the same version one writes",
    async holds(store) {
      await store.write("p:race", "start", { ifVersion: null, ttlSeconds: MINUTE });
      const ifVersion = (await store.read("p:race"))?.version ?? null;
      const writers = Array.from({ length: 20 }, (_, index) =>
        store.write("p:race", `writer ${index}`, { ifVersion, ttlSeconds: MINUTE }),
      );
      const written = await Promise.all(writers);
      const done = written.flatMap((version, index) =>
        version === null ? [] : [{ text: `writer ${index}`, version }],
      );
      deepEqual(done, [await store.read("p:race")]);
    },
  },
  {
    title: "an entry that went and came back does not look unchanged",
    async holds(store) {
      const seen: (number | undefined)[] = [];
      for (let round = 0; round < 5; round += 1) {
        await store.write("p:again", "text", { ifVersion: null, ttlSeconds: MINUTE });
        seen.push((await store.read("p:again"))?.version);
        await store.remove("p:again");
      }
      deepEqual([...new Set(seen)], seen);
      equal(await store.write("p:again", "text", { ifVersion: seen[0] ?? null, ttlSeconds: MINUTE }), null);
    },
  },
  {
    title: "an entry ends by itself, and can then be written anew",
    async holds(store, wait) {
      await store.write("p:ends", "text", { ifVersion: null, ttlSeconds: 0.2 });
      notEqual(await store.read("p:ends"), null);
      await wait(400);
      equal(await store.read("p:ends"), null);
      notEqual(await store.write("p:ends", "anew", { ifVersion: null, ttlSeconds: MINUTE }), null);
    },
  },
  {
    title: "a later write moves the end",
    async holds(store, wait) {
      await store.write("p:moved", "text", { ifVersion: null, ttlSeconds: 0.2 });
      const ifVersion = (await store.read("p:moved"))?.version ?? null;
      await store.write("p:moved", "later", { ifVersion, ttlSeconds: MINUTE });
      await wait(400);
      equal((await store.read("p:moved"))?.text, "later");
    },
  },
  {
    title: "removing what is not there is no fault",
    async holds(store) {
      await store.remove("p:never");
      equal(await store.read("p:never"), null);
    },
  },
];
