import { createServer, type RequestListener, type Server } from "node:http";
import { afterEach, describe, expect, test } from "vitest";
import { createFetchUpstream } from "./fetch-upstream.ts";
import { createUndiciUpstream } from "./undici-upstream.ts";
import { failureOf, MAX_ANSWER_BYTES, type Upstream, type UpstreamRequest } from "./upstream.ts";

const GET: UpstreamRequest = {
  method: "GET",
  path: "/list",
  headers: { accept: "application/json" },
  timeoutMs: 2_000,
};
const POST: UpstreamRequest = { ...GET, method: "POST", path: "/token", body: "a=b" };

const closing: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

/** A tenant on a real socket, which counts what reaches it. */
async function serve(listener: RequestListener): Promise<{ origin: string; server: Server; seen: string[] }> {
  const seen: string[] = [];
  const server = createServer((request, response) => {
    seen.push(`${request.method} ${request.url}`);
    listener(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  closing.push(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return { origin: `http://127.0.0.1:${port}`, server, seen };
}

const KINDS: Record<string, (origin: string) => Upstream> = {
  "the pool": (origin) => {
    const upstream = createUndiciUpstream(origin);
    closing.push(() => upstream.close());
    return upstream;
  },
  "the Fetch adapter": (origin) => createFetchUpstream(origin, (request) => fetch(request)),
};

describe.each(Object.entries(KINDS))("%s", (_, create) => {
  test("brings status, headers and text of any answer", async () => {
    const { origin, seen } = await serve((_request, response) => {
      response.writeHead(429, { "X-RateLimit-Reset": "7", "content-type": "application/json" });
      response.end('{"error":"é"}');
    });
    const answer = await create(origin)(POST);
    expect(answer).toMatchObject({ status: 429, text: '{"error":"é"}' });
    expect(answer.headers["x-ratelimit-reset"]).toBe("7");
    expect(seen).toEqual(["POST /token"]);
  });

  test("knows of a refused connection that nothing was sent", async () => {
    const { origin, server } = await serve(() => {});
    await new Promise((resolve) => server.close(resolve));
    await expect(create(origin)(POST)).rejects.toMatchObject({ name: "UpstreamFailure", outcome: "not_sent" });
  });

  test("calls an answer that is cut, or never begins, unclear, and does not ask again", async () => {
    const { origin, seen } = await serve((request, response) => {
      if (request.url === "/cut") {
        response.writeHead(200, { "content-length": "100" });
        response.write('{"oob_code":');
      }
      setImmediate(() => request.socket.destroy());
    });
    const upstream = create(origin);
    await expect(upstream({ ...POST, path: "/cut" })).rejects.toMatchObject({ outcome: "unclear" });
    await expect(upstream(POST)).rejects.toMatchObject({ outcome: "unclear" });
    expect(seen).toEqual(["POST /cut", "POST /token"]);
  });

  test("calls an answer that does not come in time unclear", async () => {
    const { origin } = await serve(() => {});
    await expect(create(origin)({ ...POST, timeoutMs: 50 })).rejects.toMatchObject({ outcome: "unclear" });
  });

  test("gives up on an answer that is too long", async () => {
    const { origin } = await serve((_request, response) => response.end("x".repeat(MAX_ANSWER_BYTES + 1)));
    await expect(create(origin)(GET)).rejects.toMatchObject({ outcome: "unclear" });
  });

  test.each([301, 302, 303, 307, 308])("does not follow a %i, and takes no token anywhere else", async (status) => {
    const other = await serve((_request, response) => response.end("{}"));
    const { origin } = await serve((_request, response) => {
      response.writeHead(status, { location: `${other.origin}/steal` });
      response.end();
    });
    const answer = await create(origin)({ ...POST, headers: { ...POST.headers, authorization: "Bearer token" } });
    expect(answer.status).toBe(status);
    expect(other.seen).toEqual([]);
  });
});

test("a request that waits in vain for one of the pool's connections is given up on in time, and never sent", async () => {
  const held: (() => void)[] = [];
  const { origin, seen } = await serve((_request, response) => held.push(() => response.end("{}")));
  const upstream = createUndiciUpstream(origin);
  closing.push(() => upstream.close());
  const first = Array.from({ length: 32 }, () => upstream(GET));
  await expect(upstream({ ...POST, timeoutMs: 50 })).rejects.toMatchObject({ outcome: "unclear" });
  await expect.poll(() => held.length).toBe(32);
  for (const answer of held) answer();
  await Promise.all(first);
  // Whatever had waited would go out before this one.
  const last = upstream(GET);
  await expect.poll(() => held.length).toBe(33);
  held.at(-1)?.();
  await last;
  expect(seen.filter((call) => call === "POST /token")).toEqual([]);
});

test("a function that never answers is given up on in time", async () => {
  const upstream = createFetchUpstream("https://tenant.test", () => new Promise(() => {}));
  await expect(upstream({ ...GET, timeoutMs: 20 })).rejects.toMatchObject({ outcome: "unclear" });
});

describe("a connection error", () => {
  const errorOf = (members: object) => Object.assign(new Error("x"), members);

  test.each([
    [{ code: "ECONNREFUSED", syscall: "connect" }, "not_sent"],
    [{ code: "ETIMEDOUT", syscall: "connect" }, "not_sent"],
    [{ code: "ENOTFOUND", syscall: "getaddrinfo" }, "not_sent"],
    [{ code: "UND_ERR_CONNECT_TIMEOUT" }, "not_sent"],
    [{ code: "CERT_HAS_EXPIRED" }, "not_sent"],
    // The network may go away after the request as well as before it.
    [{ code: "EHOSTUNREACH", syscall: "read" }, "unclear"],
    [{ code: "ECONNRESET", syscall: "read" }, "unclear"],
    [{ code: "UND_ERR_SOCKET" }, "unclear"],
    [{ code: "UND_ERR_HEADERS_TIMEOUT" }, "unclear"],
    [{}, "unclear"],
  ])("with %j is %s", (members, outcome) => {
    expect(failureOf(errorOf(members)).outcome).toBe(outcome);
    expect(failureOf(new TypeError("fetch failed", { cause: errorOf(members) })).outcome).toBe(outcome);
  });

  test("of several addresses proves that nothing was sent only where each of them does", () => {
    const refused = errorOf({ code: "ECONNREFUSED", syscall: "connect" });
    const reset = errorOf({ code: "ECONNRESET", syscall: "read" });
    expect(failureOf(new AggregateError([refused, refused])).outcome).toBe("not_sent");
    expect(failureOf(new AggregateError([refused, reset])).outcome).toBe("unclear");
    expect(failureOf("not even an error").outcome).toBe("unclear");
  });
});
