import { createServer } from "node:http";
import { connect } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { answerUnreadable } from "./unreadable.ts";

/** Eight KiB, as the production server has it. */
const MOST = { maxHeaderSize: 8 * 1024 };
const servers = [createServer(MOST), createServer({ ...MOST, headersTimeout: 50, connectionsCheckingInterval: 20 })];
const ports: number[] = [];
beforeAll(async () => {
  for (const server of servers) {
    server.on("request", (_, answer) => answer.end("read"));
    server.on("clientError", answerUnreadable);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    ports.push(typeof address === "object" && address ? address.port : 0);
  }
});
afterAll(() => Promise.all(servers.map((server) => new Promise((resolve) => void server.close(resolve)))));

/** Sends to the server that waits, or to the one that does not wait for what never ends. */
async function ask(text: string, { hurried = false } = {}): Promise<string> {
  const socket = connect(ports[hurried ? 1 : 0] ?? 0, "127.0.0.1");
  socket.write(text);
  let answer = "";
  for await (const chunk of socket) answer += String(chunk);
  return answer;
}

const head = (start: string, more: string) => `${start} HTTP/1.1\r\nHost: localhost\r\n${more}\r\n`;
const FORGET = /^clear-site-data: "cookies"\r$/m;

test("somebody whose cookies are more than is read is told so, and the browser forgets them", async () => {
  const answer = await ask(head("GET /", `Cookie: ${"x".repeat(9000)}\r\n`));
  expect(answer).toMatch(/^HTTP\/1\.1 431 /);
  expect(answer).toMatch(FORGET);
  expect(answer).toMatch(/Please load the page again\.\n$/);
});

test("a long address signs nobody out, for any link can have one", async () => {
  for (const length of [9000, 5000]) {
    const answer = await ask(
      head(`GET /${"x".repeat(length)}`, `Cookie: ${"x".repeat(9000 - length)}\r\nX-More: 1\r\n`),
    );
    expect(answer).toMatch(/^HTTP\/1\.1 431 /);
    expect(answer).not.toMatch(FORGET);
  }
});

test("what is no request and what never ends is answered plainly", async () => {
  expect(await ask("no request\r\n\r\n")).toMatch(/^HTTP\/1\.1 400 Bad Request/);
  expect(await ask("GET / HTTP/1.1\r\n", { hurried: true })).toMatch(/^HTTP\/1\.1 408 Request Timeout/);
});

test("no such answer is kept, framed or taken for something else", async () => {
  for (const text of ["no request\r\n\r\n", "GET / HTTP/1.1\r\n", head("GET /", `Cookie: ${"x".repeat(9000)}\r\n`)]) {
    const answer = await ask(text, { hurried: text.startsWith("GET") && text.length < 100 });
    expect(answer).toContain("\r\ncache-control: no-store, private\r\n");
    expect(answer).toContain("\r\nx-content-type-options: nosniff\r\n");
    expect(answer).toContain("frame-ancestors 'none'");
    expect(answer).not.toMatch(/^set-cookie/im);
  }
});

test("whoever does not close their side is hung up on, so that nothing of theirs is kept", async () => {
  const server = servers[1];
  const socket = connect({ port: ports[1] ?? 0, host: "127.0.0.1", allowHalfOpen: true });
  socket.resume();
  socket.write("POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 2\r\n");
  await new Promise((resolve) => socket.once("end", resolve));
  const open = () => new Promise<number>((resolve) => server?.getConnections((_, count) => resolve(count)));
  await expect.poll(open).toBe(0);
  socket.destroy();
});
