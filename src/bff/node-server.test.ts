import { connect } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import type { Asked, Exchange } from "./exchange.ts";
import { type Listening, listen, type NodeFetch } from "./node-server.ts";

const HOST = "127.0.0.1";
const open: Listening[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});

async function start(fetch: NodeFetch, options: Partial<Parameters<typeof listen>[0]> = {}): Promise<Listening> {
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

  test("ends each connection with its answer once it is leaving, so that none is cut off", async () => {
    const server = await start(echo);
    const ask = () => raw(server.port, "GET / HTTP/1.1\r\nhost: x\r\nconnection: keep-alive\r\n\r\n");
    server.leave();
    expect(await ask()).toMatch(/^HTTP\/1\.1 200 .*connection: close/is);
  });

  test.each([
    ["without a host", "GET / HTTP/1.1\r\n"],
    ["with two", "GET / HTTP/1.1\r\nhost: x\r\nhost: y\r\n"],
    ["with what is none", "GET / HTTP/1.1\r\nhost: a b<>\r\n"],
    ["with an expectation of its own", "GET / HTTP/1.1\r\nhost: x\r\nexpect: a miracle\r\n"],
  ])("refuses a request %s, with the headers that every answer has", async (_, head) => {
    const { port } = await start(echo);
    const answer = await raw(port, `${head}connection: close\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1\.1 4(?:00|17) /);
    expect(answer).toContain("cache-control: no-store, private");
  });

  test("refuses headers that no browser sends", async () => {
    const { port } = await start(echo);
    const socket = connect(port, HOST);
    const answered = new Promise<string>((resolve) => socket.once("data", (data) => resolve(data.toString())));
    socket.write(`GET / HTTP/1.1\r\nhost: x\r\nx: ${"a".repeat(9000)}\r\n\r\n`);
    expect(await answered).toContain("431");
    socket.destroy();
  });

  test("answers what it cannot read as a request with the headers that every answer has, and frees whoever is locked out by cookies", async () => {
    const { port } = await start(echo);
    const tooLong = await raw(port, `GET / HTTP/1.1\r\nhost: x\r\ncookie: ${"a".repeat(9000)}\r\n\r\n`);
    expect(tooLong).toMatch(/^HTTP\/1\.1 431 /);
    expect(tooLong).toContain('clear-site-data: "cookies"');
    const unreadable = await raw(port, "GET / HTTP/1.1\r\nhost: x\r\nno colon\r\n\r\n");
    expect(unreadable).toMatch(/^HTTP\/1\.1 400 /);
    for (const answer of [tooLong, unreadable]) expect(answer).toContain("cache-control: no-store, private");
    expect(unreadable).not.toContain("clear-site-data");
  });
});

describe("the inner door of the listener", () => {
  const seen: Asked[] = [];
  const exchange: Exchange = async (asked) => {
    seen.push(asked);
    const bytes = await asked.body(10);
    return { status: 200, headers: [["x-read", bytes === null ? "too long" : String(bytes.length)]], body: "inner" };
  };
  const open = () => start(echo, { door: { below: "/api/mfa", exchange } });

  test("is what stands at its path and below it, and nothing that only looks like it", async () => {
    const { port } = await open();
    const textAt = async (path: string) => (await fetch(`http://${HOST}:${port}${path}`)).text();
    for (const path of ["/api/mfa", "/api/mfa/session", "/api/mfa?x", "/api/mfa/x?y#z"])
      expect(await textAt(path)).toBe("inner");
    for (const path of ["/api/mfa-other", "/api", "/API/MFA/session", "/"])
      expect(await textAt(path)).not.toBe("inner");
  });

  test.each([
    "http://evil.example/api/mfa/session",
    "/x/../api/mfa/session",
    "/x/%2e%2e/api/mfa/session",
    "\\\\evil.example/",
    "*",
  ])("is not reached round its back, nor is anything else, by %s", async (target) => {
    const { port } = await open();
    seen.length = 0;
    expect(await raw(port, `GET ${target} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`)).toMatch(
      /^HTTP\/1\.1 400 /,
    );
    expect(seen).toEqual([]);
  });

  test("hears every value of a header, the path as it was sent, and who is connected", async () => {
    const { port } = await open();
    seen.length = 0;
    const head =
      "GET /api/mfa/%73ession?a=b HTTP/1.1\r\nhost: one\r\nx-twice: a\r\nX-Twice: b\r\nconnection: close\r\n\r\n";
    await raw(port, head);
    const [asked] = seen;
    expect(asked).toMatchObject({ method: "GET", path: "/api/mfa/%73ession", search: "?a=b", peer: HOST });
    expect(asked?.values("x-twice")).toEqual(["a", "b"]);
    expect(asked?.values("x-none")).toEqual([]);
    expect(asked?.request().headers.get("x-twice")).toBe("a, b");
  });

  test("reads a body as far as it may be, and ends the connection of one that goes on", async () => {
    const { port } = await open();
    const post = (body: string, more = "") => raw(port, `POST /api/mfa/x HTTP/1.1\r\nhost: x\r\n${more}\r\n${body}`);
    expect(await post("0123456789", "content-length: 10\r\nconnection: close\r\n")).toContain("x-read: 10");
    const endless = await post("ff\r\n0123456789abcdef", "transfer-encoding: chunked\r\n");
    expect(endless).toContain("x-read: too long");
    expect(endless).toContain("connection: close");
  });
});

/** Sends bytes and returns all that comes back until the connection ends. */
function raw(port: number, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, HOST, () => socket.write(text));
    let answer = "";
    socket.on("data", (bytes: Buffer) => (answer += bytes.toString()));
    socket.once("close", () => resolve(answer));
    socket.once("error", reject);
  });
}
