import { connect } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { type Listening, listen, type NodeFetch } from "./node-server.ts";

const HOST = "127.0.0.1";
const open: Listening[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});

async function start(fetch: NodeFetch, options: { port?: number; fallback?: boolean } = {}): Promise<Listening> {
  const server = await listen({ fetch, host: HOST, port: 0, ...options });
  open.push(server);
  return server;
}

const echo: NodeFetch = async (request, { peer }) =>
  Response.json({ method: request.method, body: await request.text(), peer });

describe("the listener", () => {
  test("serves a Fetch handler and tells it who sent the request", async () => {
    const { port } = await start(echo);
    const answer = await fetch(`http://${HOST}:${port}/x`, { method: "POST", body: "hello" });
    expect(await answer.json()).toEqual({ method: "POST", body: "hello", peer: HOST });
  });

  test("takes another port when its own is taken and it may, and says so otherwise", async () => {
    const { port } = await start(echo);
    const second = await start(echo, { port, fallback: true });
    expect(second.port).toBeGreaterThan(port);
    expect((await fetch(`http://${HOST}:${second.port}/`)).status).toBe(200);
    await expect(listen({ fetch: echo, host: HOST, port })).rejects.toMatchObject({ code: "EADDRINUSE" });
  });

  test("closes at once where nothing is under way, kept-alive connections included", async () => {
    const server = await listen({ fetch: echo, host: HOST, port: 0 });
    await (await fetch(`http://${HOST}:${server.port}/`)).text();
    await server.close();
    await expect(fetch(`http://${HOST}:${server.port}/`)).rejects.toThrow("fetch failed");
  });

  test("lets a request that is under way finish before it closes", async () => {
    let answer = (_response: Response) => {};
    let arrived = () => {};
    const arrival = new Promise<void>((resolve) => (arrived = resolve));
    const server = await listen({
      fetch: () => {
        arrived();
        return new Promise((resolve) => (answer = resolve));
      },
      host: HOST,
      port: 0,
    });
    const asked = fetch(`http://${HOST}:${server.port}/`);
    await arrival;
    const closed = server.close();
    answer(new Response("done"));
    expect(await (await asked).text()).toBe("done");
    await closed;
  });

  test("refuses headers that no browser sends", async () => {
    const { port } = await start(echo);
    const socket = connect(port, HOST);
    const answered = new Promise<string>((resolve) => socket.once("data", (data) => resolve(data.toString())));
    socket.write(`GET / HTTP/1.1\r\nhost: x\r\nx: ${"a".repeat(9000)}\r\n\r\n`);
    expect(await answered).toContain("431");
    socket.destroy();
  });
});
