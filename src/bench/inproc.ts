import { createBff } from "../bff/bff.ts";
import { systemClock } from "../bff/clock.ts";
import { createLog } from "../bff/log.ts";
import { createMetrics } from "../bff/metrics.ts";
import { readSettings } from "../bff/settings.ts";
import { createMemoryStore } from "../bff/store.ts";
import { createVisits } from "./visits.ts";

const env: Record<string, string> = {
  AUTH0_DOMAIN: "http://127.0.0.1:1",
  AUTH0_CLIENT_ID: "a",
  AUTH0_CLIENT_SECRET: "b",
  MFA_PUBLIC_URL: "http://localhost:4300",
  MFA_SECRET_KEY: Buffer.alloc(32, 1).toString("base64"),
};
for (const name of [
  "MFA_MOST_REQUESTS",
  "MFA_SENDS_PER_VISIT_HOUR",
  "MFA_SENDS_PER_IP_HOUR",
  "MFA_SENDS_PER_CONTACT_TEN_MINUTES",
  "MFA_SENDS_PER_PREFIX_HOUR",
  "MFA_SENDS_PER_COUNTRY_HOUR",
  "MFA_SENDS_PER_DOMAIN_HOUR",
  "MFA_SENDS_PER_DAY",
  "MFA_UNENTERED_PER_PREFIX_HOUR",
  "MFA_UNENTERED_PER_COUNTRY_HOUR",
])
  env[name] = "1000000";
const read = readSettings(env);
if ("problems" in read) throw new Error(read.problems.join());
const store = createMemoryStore(systemClock);
const upstream = async () => ({
  status: 200,
  headers: { "content-type": "application/json" },
  text: JSON.stringify({
    authenticator_type: "oob",
    binding_method: "prompt",
    oob_code: "x".repeat(200),
    oob_channel: "sms",
    recovery_codes: ["ABCDEFGHJKLMNPQRSTUVWXYZ"],
  }),
});
const metrics = createMetrics({ inWork: () => 0 });
const lines = { write() {} };
const bff = createBff({
  settings: read.settings,
  upstream,
  store,
  log: process.env["NOLOG"] ? () => {} : createLog(lines),
  ...(process.env["NOMETRICS"] ? {} : { observe: metrics.observe }),
});
const visits = createVisits(read.settings, store, upstream);
const kind = process.argv[2] ?? "start";
const n = Number(process.argv[3] ?? 4000);
async function round(): Promise<number> {
  const cookies = await visits.add("fresh", n);
  const asked = cookies.map((cookie, i) => {
    const body =
      kind === "start"
        ? new TextEncoder().encode(JSON.stringify({ channel: "sms", contact: `+1202555${1000 + (i % 9000)}` }))
        : new Uint8Array();
    const headers: Record<string, string> = {
      host: "localhost:4300",
      "x-mfa-enroll": "1",
      "sec-fetch-site": "same-origin",
      origin: "http://localhost:4300",
      cookie: `mfa=${cookie}`,
      "content-type": "application/json",
      "idempotency-key": cookie.slice(0, 30),
    };
    return {
      method: kind === "start" ? "POST" : "GET",
      path: kind === "start" ? "/api/mfa/enrollment" : "/api/mfa/session",
      search: "",
      values: (name: string) => (headers[name] === undefined ? [] : [headers[name]]),
      peer: "127.0.0.1",
      body: async () => body,
      request: () => new Request("http://x"),
    };
  });
  const before = process.cpuUsage();
  let bad = 0;
  for (let at = 0; at < asked.length; at += 32) {
    const answers = await Promise.all(asked.slice(at, at + 32).map((each) => bff.exchange(each)));
    bad += answers.filter(({ status }) => status !== 200).length;
  }
  const used = process.cpuUsage(before);
  await visits.forget();
  if (bad > 0) throw new Error(`${bad} bad`);
  return (used.user + used.system) / n;
}
const results: string[] = [];
for (let i = 0; i < Number(process.argv[4] ?? 6); i += 1) results.push((await round()).toFixed(0));
console.log(kind, "cpu µs:", results.join(" "));
process.exit(0);
