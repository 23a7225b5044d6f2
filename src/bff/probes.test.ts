import { expect, test } from "vitest";
import { createStack, PAGE } from "../journeys/stack.ts";
import { routes } from "../contract/routes.ts";
import { createBff } from "./bff.ts";
import type { Asked } from "./exchange.ts";

/** What health checks, uptime services and scanners call themselves; some gateways let these pass unasked. */
const AGENTS = [
  "GoogleHC/1.0",
  "kube-probe/1.30",
  "ELB-HealthChecker/2.0",
  "Amazon-Route53-Health-Check-Service",
  "Envoy/HC",
  "HAProxy/health",
  "Consul Health Check",
  "Prometheus/2.53.0",
  "Blackbox Exporter/0.25.0",
  "Go-http-client/1.1",
  "Datadog/Synthetics",
  "NewRelicPinger/1.0",
  "Pingdom.com_bot_version_1.4",
  "UptimeRobot/2.0",
  "StatusCake",
  "Zabbix",
  "check_http/v2.3 (nagios-plugins)",
  "AlwaysOn",
  "Edge Health Probe",
  "Load Balancer Agent",
  "Mozilla/5.0 (compatible; Googlebot/2.1)",
  "bingbot/2.0",
  "facebookexternalhit/1.1",
  "Slackbot-LinkExpanding 1.0",
  "curl/8.9.1",
  "Wget/1.24",
  "python-requests/2.32",
  "axios/1.7",
  "PostmanRuntime/7.41",
  "okhttp/4.12",
  "Java/21",
  "Apache-HttpClient/5.3",
  "node",
  "undici",
  "sqlmap/1.8",
  "Nmap Scripting Engine",
  "zgrab/0.x",
  "masscan/1.3",
  "",
  "internal-health",
];

/** Ways to write an address so that a rule about another one may be taken for it. */
const TRICKS: readonly ((path: string) => string)[] = [
  (path) => path,
  (path) => `${path}/`,
  (path) => `/${path}`,
  (path) => `${path};health`,
  (path) => `${path}%2f`,
  (path) => `${path}%00`,
  (path) => `${path}.`,
  (path) => `${path}%20`,
  (path) => `${path}#/health`,
  (path) => `${path}/../health`,
  (path) => `/health/..${path}`,
  (path) => `/health%2f..%2f${path.slice(1)}`,
  (path) => path.replaceAll("/", "\\"),
  (path) => path.replace("/api", "/./api"),
  (path) => path.replace("/api", "/%61pi"),
  (path) => path.toUpperCase(),
  () => "/api/mfa/health",
  () => "/api/mfa/ready",
  () => "/api/mfa/metrics",
  () => "/api/mfa/ping",
];

test("no name of a probe and no way to write an address opens a door to somebody who is not signed in", async () => {
  const { settings } = createStack();
  let calls = 0;
  const bff = createBff({
    settings,
    upstream: async () => {
      calls += 1;
      return { status: 500, headers: {}, text: "" };
    },
  });
  const asking = (path: string, agent: string): Asked => {
    const headers: Record<string, string> = {
      host: new URL(PAGE).host,
      origin: PAGE,
      "x-mfa-enroll": "1",
      "content-type": "application/json",
      "idempotency-key": "0123456789abcdef",
      "user-agent": agent,
    };
    return {
      method: "POST",
      path,
      search: "",
      values: (name) => (headers[name] === undefined ? [] : [headers[name]]),
      peer: "127.0.0.1",
      body: async () => new TextEncoder().encode("{}"),
      request: () => new Request(PAGE),
    };
  };
  const start = `${settings.basePath}${routes.start.path}`;
  const answers = new Map<string, Set<number>>();
  for (const trick of TRICKS) {
    const path = trick(start);
    const statuses = await Promise.all(AGENTS.map(async (agent) => (await bff.exchange(asking(path, agent))).status));
    answers.set(path, new Set(statuses));
  }
  expect(AGENTS).toHaveLength(40);
  const wanted = new Map(TRICKS.map((trick): [string, Set<number>] => [trick(start), new Set([404])]));
  // The one address that there is; its own guard refuses.
  wanted.set(start, new Set([401]));
  expect(answers).toEqual(wanted);
  expect(calls).toBe(0);
});
