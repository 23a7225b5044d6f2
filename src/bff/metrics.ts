import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import { MESSAGE_CHANNELS } from "../contract/channel.ts";
import { EVENTS } from "./events.ts";
import { doors } from "./manifest.ts";
import type { Observe, SendOutcome, Told } from "./report.ts";

/*
 * Counts what is told, for Prometheus. Every label comes from a closed list or has a shape of a few hundred values, so that
 * nobody's name, number or address can be a label and nobody can make the list long. It knows no request and no person.
 */

/**
 * Seconds. 5 ms is the work of this node alone, 20 ms what it may add at the busiest, 0.3 to 1 s a usual tenant, 3 s where people
 * begin to wonder, 8 s where the page is told "unclear", 15 s where the browser gives up.
 */
const REQUEST_BUCKETS = [0.005, 0.02, 0.1, 0.3, 1, 3, 8, 15];
/** Seconds. 2 s is the longest a connection may take to be made, 30 s the longest that an answer is waited for. */
const TENANT_BUCKETS = [0.05, 0.1, 0.3, 1, 2, 5, 8, 30];
/** Seconds. A Redis beside the node answers in under a millisecond; after one second it counts as down. */
const STORE_BUCKETS = [0.0005, 0.001, 0.005, 0.02, 0.1, 0.5, 1];

const ROUTES: ReadonlySet<string> = new Set([...doors.map(({ name }) => name), "unknown"]);
const CHANNELS: ReadonlySet<string> = new Set(MESSAGE_CHANNELS);
const OUTCOMES: ReadonlySet<string> = new Set<SendOutcome>(["done", "refused", "unclear", "not_sent"]);
/** Words of the program: its codes, limiters and operations. */
const WORD = /^[a-z][a-z_]{1,30}[a-z\d]$/;
const COUNTRY = /^[A-Z]{2}$/;

/** Holds the counts of one node. */
export type Metrics = {
  observe: Observe;
  /** Returns all counts as Prometheus reads them (text exposition format 0.0.4). */
  text(): Promise<string>;
  readonly contentType: string;
};

/** Creates the counts of one node. `inWork` tells how many requests it has in work; it is asked when the counts are read. */
export function createMetrics({ inWork }: { inWork: () => number }): Metrics {
  const registry = new Registry();
  const registers = [registry];
  // What Node itself tells: the event loop's lag, the heap, open handles, the processor.
  collectDefaultMetrics({ register: registry });

  const counter = <Label extends string>(name: string, help: string, labelNames: Label[]) =>
    new Counter<Label>({ name, help, labelNames, registers });
  const histogram = <Label extends string>(name: string, help: string, labelNames: Label[], buckets: number[]) =>
    new Histogram<Label>({ name, help, labelNames, buckets, registers });

  const requests = histogram(
    "mfa_request_duration_seconds",
    "How long requests took, by door and class of status.",
    ["route", "status"],
    REQUEST_BUCKETS,
  );
  const refusals = counter("mfa_refusals_total", "Requests that were not done.", ["route", "code"]);
  const events = counter("mfa_events_total", "Security events.", ["event", "severity"]);
  const limits = counter("mfa_limit_hits_total", "How often a limiter had no more to give.", ["limiter"]);
  const reach = ["channel", "country"] as const;
  const sent = counter("mfa_messages_total", "Messages that the tenant was asked to send.", [...reach, "outcome"]);
  const confirmed = counter("mfa_confirmed_total", "Codes of such messages that were entered and taken.", [...reach]);
  const notices = counter("mfa_notices_total", "Attempts to tell owners of accounts of a change.", ["outcome"]);
  const called = ["operation", "outcome"] as const;
  const tenant = histogram(
    "mfa_tenant_call_duration_seconds",
    "How long calls to the tenant took.",
    [...called],
    TENANT_BUCKETS,
  );
  const store = histogram(
    "mfa_store_call_duration_seconds",
    "How long calls to the store took.",
    [...called],
    STORE_BUCKETS,
  );
  const working = new Gauge({
    name: "mfa_requests_in_work",
    help: "Requests and changes in work now.",
    collect() {
      this.set(inWork());
    },
    registers: [],
  });
  registry.registerMetric(working);
  // From the beginning at nought: a rate over a count that appears with its first event misses that event.
  for (const [event, { severity }] of Object.entries(EVENTS)) events.inc({ event, severity }, 0);
  for (const outcome of ["delivered", "failed"]) notices.inc({ outcome }, 0);

  function observe(told: Told): void {
    if ("measure" in told) return measured(told);
    if ("event" in told) {
      if (!Object.hasOwn(EVENTS, told.event)) return;
      events.inc({ event: told.event, severity: EVENTS[told.event].severity });
      if (told.event === "limit_reached") limits.inc({ limiter: fit(WORD, told.limiter) });
      return;
    }
    const route = among(ROUTES, told.route);
    requests.observe({ route, status: `${Math.floor(told.status / 100)}xx` }, told.durationMs / 1000);
    if (told.code !== null) refusals.inc({ route, code: fit(WORD, told.code) });
  }

  function measured(told: Extract<Told, { measure: string }>): void {
    switch (told.measure) {
      case "sent":
        return sent.inc({ ...reached(told), outcome: among(OUTCOMES, told.outcome) });
      case "confirmed":
        return confirmed.inc(reached(told));
      case "notice":
        return notices.inc({ outcome: told.outcome === "delivered" ? "delivered" : "failed" });
      case "tenant_call":
        return tenant.observe(
          { operation: fit(WORD, told.operation), outcome: fit(/^(?:\dxx|unclear|not_sent)$/, told.outcome) },
          told.durationMs / 1000,
        );
      case "store_call":
        return store.observe(
          { operation: fit(WORD, told.operation), outcome: told.outcome === "done" ? "done" : "failed" },
          told.durationMs / 1000,
        );
    }
  }

  return { observe, text: () => registry.metrics(), contentType: registry.contentType };
}

function reached({ channel, country }: { channel: string; country: string | null }) {
  return { channel: among(CHANNELS, channel), country: country === null ? "none" : fit(COUNTRY, country) };
}

function among(known: ReadonlySet<string>, text: string): string {
  return known.has(text) ? text : "other";
}

function fit(shape: RegExp, text: string | undefined): string {
  return text !== undefined && shape.test(text) ? text : "other";
}
