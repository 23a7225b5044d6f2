import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { readOperations } from "../app/read-operations.ts";
import { EVENTS } from "../bff/events.ts";
import { createLog } from "../bff/log.ts";
import { createMetrics } from "../bff/metrics.ts";
import { readSettings } from "../bff/settings.ts";

const read = (name: string) => readFileSync(new URL(`../../docs/${name}`, import.meta.url), "utf8");
const page = read("deployment.md");
const alerts = read("alerts.yml");
const dashboard = read("grafana.json");

const rules = [...alerts.matchAll(/- alert: (\w+)\n\s+expr: >-\n\s+(.+)\n/g)].map(([, name = "", expr = ""]) => ({
  name,
  expr,
}));
const panels: { title: string; targets: { expr: string }[] }[] = JSON.parse(dashboard).panels;
const expressions = [
  ...rules.map(({ expr }) => expr),
  ...panels.flatMap(({ targets }) => targets.map(({ expr }) => expr)),
];

/** The settings that are read, by the BFF and by the server around it. */
function settings(): Set<string> {
  const asked = new Set<string>(["HOST", "PORT"]);
  const env = new Proxy<Record<string, string | undefined>>(
    {},
    {
      get: (_, name) => {
        if (typeof name === "string") asked.add(name);
        return undefined;
      },
    },
  );
  readSettings(env);
  readOperations(env, []);
  return asked;
}

describe("the page on deployment", () => {
  test("lists every security event as the program tells it, and no other", () => {
    const [, table = ""] = /<!-- events:begin -->\n([\s\S]+)<!-- events:end -->/.exec(page) ?? [];
    const rows = Object.entries(EVENTS).map(
      ([name, { severity, outcome, says }]) => `| \`${name}\` | ${severity} | ${outcome} | ${says} |`,
    );
    expect(table.trim().split("\n").slice(2)).toEqual(rows);
  });

  test("lists every field that the log writes, and no other", () => {
    const known = {
      correlationId: "abcdefghijklmnop",
      route: "start",
      code: null,
      account: null,
      guard: null,
      channel: null,
    };
    const told = { ...known, fault: "Error", place: "10.0.0.0/24" };
    let text = "";
    const log = createLog({ write: (line) => void (text += line) });
    log({ ...told, status: 200, durationMs: 1, reason: "empty" });
    log({ ...told, event: "limit_reached", limiter: "day", country: "US", aheadSeconds: 1 });
    const written = text
      .trimEnd()
      .split("\n")
      .flatMap((line) => Object.keys(JSON.parse(line)));
    const [, table = ""] = /## The log\n[\s\S]+?\n\|---\|---\|\n([\s\S]+?)\n\n/.exec(page) ?? [];
    const named = [...table.matchAll(/^\| (.+?) \|/gm)].flatMap(([, names = ""]) => names.match(/\w+/g) ?? []);
    expect(named.toSorted()).toEqual([...new Set(written)].toSorted());
  });

  test("has an entry in its runbook for every alert, in their order, and each alert leads to its own", () => {
    const names = rules.map(({ name }) => name);
    expect(names.length).toBeGreaterThanOrEqual(15);
    expect(alerts.match(/- alert:/g)).toHaveLength(names.length);
    const [, runbook = ""] = page.split("## Runbook\n");
    const [entries = ""] = runbook.split("\n## ");
    expect([...entries.matchAll(/^### (\w+)\n\n(\S.{80})/gm)].map(([, name]) => name)).toEqual(names);
    expect([...alerts.matchAll(/runbook: docs\/deployment\.md#(\S+)/g)].map(([, anchor]) => anchor)).toEqual(
      names.map((name) => name.toLowerCase()),
    );
  });

  test("names no setting that is not read, and its own table only those of the server", () => {
    const named = new Set(page.match(/\b(?:(?:MFA|AUTH0|TENANT)_[A-Z0-9_]+|REDIS_URL|SMTP_URL)\b/g));
    expect(named.size).toBeGreaterThan(15);
    const known = settings();
    expect([...named].filter((name) => !known.has(name))).toEqual([]);
    const tabled = [...page.matchAll(/^\| `((?:MFA)_[A-Z0-9_]+)` \|/gm)].map(([, name]) => name);
    expect(tabled).toEqual(["MFA_OPERATIONS_PORT", "MFA_OPERATIONS_HOST", "MFA_DRAIN_SECONDS"]);
  });

  test("tells the defaults as they are", () => {
    const { listener, drainSeconds } = readOperations({ MFA_OPERATIONS_PORT: "1" }, []);
    expect(page).toContain(`| \`MFA_OPERATIONS_HOST\` | Its address. | \`${listener?.host}\` |`);
    expect(page).toMatch(new RegExp(`\`MFA_DRAIN_SECONDS\` \\|.*\\| \`${drainSeconds}\` \\|`));
  });

  test("says what a third party that runs it sees, and that the operations port is not to be exposed", () => {
    expect(page).toContain("## Who runs it sees everything");
    expect(page).toContain("never put it behind the public proxy");
  });
});

describe("alerts and dashboard", () => {
  test("ask only for metrics that there are, by labels that they have", async () => {
    const metrics = createMetrics({ inWork: () => 0 });
    metrics.observe({ correlationId: "", route: "session", status: 503, code: "busy", durationMs: 1 });
    metrics.observe({ event: "limit_reached", limiter: "prefix" });
    metrics.observe({ measure: "sent", channel: "sms", country: "US", outcome: "done" });
    metrics.observe({ measure: "confirmed", channel: "sms", country: "US" });
    metrics.observe({ measure: "tenant_call", operation: "list", outcome: "2xx", durationMs: 1 });
    metrics.observe({ measure: "store_call", operation: "read", outcome: "done", durationMs: 1 });
    const text = await metrics.text();
    const labels = new Map<string, string>();
    for (const [, name = "", known = ""] of text.matchAll(/^([a-z]\w+)(?:\{(.*)\})? \S+$/gm)) labels.set(name, known);
    const asked = expressions.flatMap((expr) => [...expr.matchAll(/\b((?:mfa|nodejs|process)_\w+)(?:\{([^}]*)\})?/g)]);
    expect(asked.length).toBeGreaterThan(40);
    const wrong = asked.filter(([, name = "", filters = ""]) => {
      const known = labels.get(name);
      const filtered = [...filters.matchAll(/(\w+)(?:=~?|!=)"/g)].map(([, label]) => label);
      return known === undefined || filtered.some((label) => !known.includes(`${label}="`));
    });
    expect(wrong.map(([asking]) => asking)).toEqual([]);
  });

  test("ask only for events that there are", () => {
    const events = expressions
      .flatMap((expr) => [...expr.matchAll(/event=~?"([^"]+)"/g)])
      .flatMap(([, names = ""]) => names.split("|"));
    expect(events.length).toBeGreaterThan(20);
    expect(events.filter((name) => !Object.hasOwn(EVENTS, name))).toEqual([]);
  });

  test("watch every event that is worth waking somebody", () => {
    const watched = rules.map(({ expr }) => expr).join("\n");
    const errors = Object.entries(EVENTS).flatMap(([name, { severity }]) => (severity === "error" ? [name] : []));
    // Watched by the calls that fail, which also shows how long it lasts.
    expect(errors.filter((name) => name !== "store_down" && !watched.includes(name))).toEqual([]);
  });
});

test("the README's words for events are all there are", () => {
  const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8");
  const section = readme.slice(readme.indexOf("## Operations"), readme.indexOf("## How it is embedded"));
  const named = [...section.matchAll(/^- .*?: (.+)$/gm)].flatMap(([, words = ""]) => words.match(/\w+/g) ?? []);
  expect(named.toSorted()).toEqual(Object.keys(EVENTS).toSorted());
});
