import { expect, test } from "vitest";
import { createMetrics } from "../bff/metrics.ts";
import { createMemoryStore, type Store } from "../bff/store.ts";
import { createManualClock } from "../journeys/manual-clock.ts";
import { createOperations } from "./operations.ts";

function operations({ read, isLeaving = false }: { read?: Store["read"]; isLeaving?: boolean } = {}) {
  const clock = createManualClock(0);
  const store = { ...createMemoryStore(clock), ...(read ? { read } : {}) };
  const metrics = createMetrics({ inWork: () => 0 });
  const fetch = createOperations({ metrics, store, clock, isLeaving: () => isLeaving });
  return {
    clock,
    get: (path: string, method = "GET") => fetch(new Request(`http://127.0.0.1:9464${path}`, { method })),
  };
}

test("a node that answers is healthy, and one whose store answers is ready", async () => {
  const { get } = operations();
  for (const path of ["/health", "/ready"]) {
    const answer = await get(path);
    expect([answer.status, await answer.json()]).toEqual([200, { status: "pass" }]);
    expect(answer.headers.get("cache-control")).toBe("no-store");
  }
});

test("a node that was asked to stop is healthy and not ready, before it looks at anything else", async () => {
  const { get } = operations({ isLeaving: true, read: () => new Promise(() => {}) });
  expect((await get("/health")).status).toBe(200);
  const answer = await get("/ready");
  expect([answer.status, await answer.json()]).toEqual([503, { status: "fail", why: "leaving" }]);
});

test("a node whose store fails is not ready", async () => {
  const { get } = operations({ read: () => Promise.reject(new Error("Connection is closed.")) });
  const answer = await get("/ready");
  expect([answer.status, await answer.json()]).toEqual([503, { status: "fail", why: "store" }]);
});

test("a store that throws at once, or does not answer within a second, is one that does not answer", async () => {
  const throwing = operations({
    read: () => {
      throw new Error("a fault");
    },
  });
  expect((await throwing.get("/ready")).status).toBe(503);
  const silent = operations({ read: () => new Promise(() => {}) });
  const answer = silent.get("/ready");
  await silent.clock.advance(1_000);
  expect((await answer).status).toBe(503);
});

test("Prometheus reads the metrics", async () => {
  const answer = await operations().get("/metrics");
  expect(answer.headers.get("content-type")).toContain("version=0.0.4");
  expect(await answer.text()).toContain("mfa_requests_in_work 0");
});

test("there is nothing else at that port, and nothing to be changed there", async () => {
  const { get } = operations();
  expect((await get("/api/mfa/session")).status).toBe(404);
  expect((await get("/metrics", "POST")).status).toBe(405);
});
