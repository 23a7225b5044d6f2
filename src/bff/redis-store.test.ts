import { createServer } from "node:net";
import { afterEach, expect, it } from "vitest";
import { createRedisStore } from "./redis-store.ts";

/*
 * What a node does without its Redis. What it does with one is promised of every store, and held against a real server by
 * `npm run kills`.
 */

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const each of open.splice(0)) await each.close();
});

async function listenOn(answer: (close: () => void) => void): Promise<number> {
  const sockets = new Set<{ destroy(): void }>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => socket.destroy());
    answer(() => socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  open.push({
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  });
  const address = server.address();
  return typeof address === "object" && address ? address.port : 0;
}

function storeAt(port: number) {
  const store = createRedisStore(`redis://127.0.0.1:${port}`, { answerWithinMs: 100 });
  open.unshift(store);
  return store;
}

it("refuses at once where no Redis listens, instead of keeping a person's request for later", async () => {
  const port = await listenOn(() => {});
  await open.splice(0)[0]?.close();
  const store = storeAt(port);
  await expect(store.read("account:a")).rejects.toThrow("Stream isn't writeable");
  await expect(store.write("account:a", "sealed", { ifVersion: null, ttlSeconds: 60 })).rejects.toThrow(
    "Stream isn't writeable",
  );
  await expect(store.remove("account:a")).rejects.toThrow("Stream isn't writeable");
});

it("refuses when Redis hangs up on every call", async () => {
  const store = storeAt(await listenOn((close) => close()));
  await expect(store.write("account:a", "sealed", { ifVersion: null, ttlSeconds: 60 })).rejects.toThrow(
    "max retries per request",
  );
});

it("refuses in time where Redis takes the connection and never answers", async () => {
  const store = storeAt(await listenOn(() => {}));
  await expect(store.read("account:a")).rejects.toThrow("Command timed out");
});
