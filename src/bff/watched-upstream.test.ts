import { expect, test } from "vitest";
import type { Told } from "./report.ts";
import { type Upstream, UpstreamFailure, type UpstreamRequest } from "./upstream.ts";
import { watchedUpstream } from "./watched-upstream.ts";

function watched(upstream: Upstream) {
  const told: Told[] = [];
  let time = 0;
  const now = () => (time += 40);
  return { told, ask: watchedUpstream(upstream, { report: (one) => void told.push(one), now }) };
}

function asking(method: UpstreamRequest["method"], path: string): UpstreamRequest {
  return { method, path, headers: {}, timeoutMs: 8_000 };
}

test("every call to the tenant is measured by what it is for, and no path is told", async () => {
  const { told, ask } = watched(async ({ path }) => ({
    status: path.includes("dev_") ? 204 : 403,
    headers: {},
    text: "",
  }));
  await ask(asking("POST", "/mfa/associate"));
  await ask(asking("DELETE", "/mfa/authenticators/sms%7Cdev_secret"));
  await ask(asking("GET", "/somewhere"));
  expect(told).toEqual([
    { measure: "tenant_call", operation: "associate", outcome: "4xx", durationMs: 40 },
    { measure: "tenant_call", operation: "remove", outcome: "2xx", durationMs: 40 },
    { measure: "tenant_call", operation: "other", outcome: "4xx", durationMs: 40 },
  ]);
});

test("a call without an answer is measured by what is known of it, and fails as it did", async () => {
  for (const [thrown, outcome] of [
    [new UpstreamFailure("not_sent"), "not_sent"],
    [new UpstreamFailure("unclear"), "unclear"],
    [new TypeError("a fault"), "unclear"],
  ] as const) {
    const { told, ask } = watched(() => Promise.reject(thrown));
    await expect(ask(asking("POST", "/oauth/token"))).rejects.toBe(thrown);
    expect(told).toEqual([{ measure: "tenant_call", operation: "token", outcome, durationMs: 40 }]);
  }
});
