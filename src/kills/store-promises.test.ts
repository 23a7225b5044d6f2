import { describe, expect, it } from "vitest";
import { createMemoryStore } from "../bff/store.ts";
import { storePromises } from "./store-promises.ts";

// The same promises are held against a real Redis by `npm run kills`.
describe("the store in memory keeps its promises", () => {
  it.each(storePromises.map(({ title, holds }) => [title, holds] as const))("%s", async (_title, holds) => {
    let now = 0;
    const store = createMemoryStore({ now: () => now });
    const held = holds(store, async (ms) => {
      now += ms;
    });
    await expect(held).resolves.toBeUndefined();
  });
});
