import { createServer, type Socket } from "node:net";
import { afterEach, expect, test } from "vitest";
import { pingRedis } from "./ping-redis.ts";

const open: (() => void)[] = [];
afterEach(() => {
  for (const close of open.splice(0)) close();
});

/** Listens on loopback and answers what it is sent as `answer` says; null hangs. */
async function listen(answer: (asked: string) => string | null): Promise<string> {
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    sockets.push(socket);
    socket.on("error", () => {});
    socket.on("data", (asked) => {
      const said = answer(asked.toString());
      if (said !== null) socket.write(said);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  open.push(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const address = server.address();
  return `redis://127.0.0.1:${typeof address === "object" && address ? address.port : 0}`;
}

/** A Redis of few words: each command, which begins with its number of parts, gets one answer (RESP). */
const redis = (asked: string) =>
  [...asked.matchAll(/^\*\d+\r\n\$\d+\r\n(\w+)/gm)]
    .map(([, name = ""]) => (name.toLowerCase() === "ping" ? "+PONG\r\n" : "+OK\r\n"))
    .join("");

test("says that a Redis is there where it answers", async () => {
  expect(await pingRedis(await listen(redis))).toBe(true);
});

test.each<[string, () => string | null]>([
  ["says nothing", () => null],
  ["asks for a password", () => "-NOAUTH Authentication required.\r\n"],
  ["is no Redis", () => "HTTP/1.1 400 Bad Request\r\n\r\n"],
] as const)(
  "says that it is not there where what listens %s, within a few seconds",
  async (_, answer) => {
    const began = performance.now();
    expect(await pingRedis(await listen(answer))).toBe(false);
    expect(performance.now() - began).toBeLessThan(8_000);
  },
  15_000,
);

test("says that it is not there where nothing listens", async () => {
  const url = await listen(redis);
  for (const close of open.splice(0)) close();
  expect(await pingRedis(url)).toBe(false);
});
