import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { EVENTS } from "./events.ts";
import { createMetrics } from "./metrics.ts";
import type { Told } from "./report.ts";

/** The lines of our own counts, without those that Node tells of itself. */
async function counts(told: Told[]): Promise<string[]> {
  const metrics = createMetrics({ inWork: () => 3 });
  for (const one of told) metrics.observe(one);
  return (await metrics.text()).split("\n").filter((line) => line.startsWith("mfa_"));
}

const REQUEST = {
  correlationId: "abcdefghijklmnop",
  route: "start",
  status: 429,
  code: "too_many_messages",
  durationMs: 12,
};

describe("the metrics", () => {
  test("count requests by door and class of status, with how long they took", async () => {
    const lines = await counts([REQUEST, { ...REQUEST, status: 200, code: null, durationMs: 4 }]);
    expect(lines).toContain('mfa_request_duration_seconds_count{route="start",status="4xx"} 1');
    expect(lines).toContain('mfa_request_duration_seconds_bucket{le="0.005",route="start",status="4xx"} 0');
    expect(lines).toContain('mfa_request_duration_seconds_bucket{le="0.02",route="start",status="4xx"} 1');
    expect(lines).toContain('mfa_request_duration_seconds_bucket{le="0.005",route="start",status="2xx"} 1');
    expect(lines).toContain('mfa_refusals_total{route="start",code="too_many_messages"} 1');
    expect(lines.filter((line) => line.startsWith("mfa_refusals_total"))).toHaveLength(1);
    expect(lines).toContain("mfa_requests_in_work 3");
  });

  test("count messages and entered codes by country, so that their ratio can be watched", async () => {
    const lines = await counts([
      { measure: "sent", channel: "sms", country: "US", outcome: "done" },
      { measure: "sent", channel: "email", country: null, outcome: "not_sent" },
      { measure: "confirmed", channel: "sms", country: "US" },
    ]);
    expect(lines).toContain('mfa_messages_total{channel="sms",country="US",outcome="done"} 1');
    expect(lines).toContain('mfa_messages_total{channel="email",country="none",outcome="not_sent"} 1');
    expect(lines).toContain('mfa_confirmed_total{channel="sms",country="US"} 1');
  });

  test("count every kind of event from nought, and the limiters that had no more to give", async () => {
    const lines = await counts([{ event: "limit_reached", limiter: "prefix" }, { event: "store_down" }]);
    const events = lines.filter((line) => line.startsWith("mfa_events_total"));
    expect(events).toHaveLength(Object.keys(EVENTS).length);
    expect(events).toContain('mfa_events_total{event="store_down",severity="error"} 1');
    expect(events).toContain('mfa_events_total{event="store_back",severity="info"} 0');
    expect(lines).toContain('mfa_limit_hits_total{limiter="prefix"} 1');
  });

  test("count calls to the tenant and to the store, and attempts to tell somebody", async () => {
    const lines = await counts([
      { measure: "tenant_call", operation: "associate", outcome: "2xx", durationMs: 250 },
      { measure: "store_call", operation: "read", outcome: "failed", durationMs: 1_000 },
      { measure: "notice", outcome: "failed" },
    ]);
    expect(lines).toContain('mfa_tenant_call_duration_seconds_sum{operation="associate",outcome="2xx"} 0.25');
    expect(lines).toContain('mfa_store_call_duration_seconds_sum{operation="read",outcome="failed"} 1');
    expect(lines).toContain('mfa_notices_total{outcome="failed"} 1');
    expect(lines).toContain('mfa_notices_total{outcome="delivered"} 0');
  });

  test("tell what Node tells of itself", async () => {
    const text = await createMetrics({ inWork: () => 0 }).text();
    for (const name of [
      "nodejs_eventloop_lag_p99_seconds",
      "process_resident_memory_bytes",
      "nodejs_active_handles_total",
    ])
      expect(text).toContain(name);
  });

  test("have no label of anybody's choosing, whatever is told", async () => {
    const hostile = fc.oneof(fc.string(), fc.constantFrom("+12025550147", "robin@example.com", "__proto__", 'x"} 1\n'));
    const metrics = createMetrics({ inWork: () => 0 });
    // No type allows these names; a caller in plain JavaScript can tell them all the same.
    const strange = (text: string): Told[] =>
      [
        { ...REQUEST, route: text, code: text },
        { event: text, limiter: text },
        { event: "limit_reached", limiter: text },
        { measure: "sent", channel: text, country: text, outcome: text },
        { measure: "tenant_call", operation: text, outcome: text, durationMs: 1 },
      ] as unknown as Told[];
    const before = fc.sample(hostile, { numRuns: 500, seed: 5 });
    for (const text of before) for (const told of strange(text)) metrics.observe(told);
    const labels = [...(await metrics.text()).matchAll(/[a-z]+="([^"]*)"/g)].map(([, value = ""]) => value);
    expect(labels.length).toBeGreaterThan(100);
    expect(labels.filter((label) => !/^[\w.+]{1,32}$/.test(label))).toEqual([]);
    expect(new Set(labels).size).toBeLessThan(400);
  });
});
