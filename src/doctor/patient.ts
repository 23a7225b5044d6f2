import * as z from "zod/mini";
import { demoClient, doctorClient, managementClient } from "../simulator/clients.ts";
import { createSimulator, type Simulator } from "../simulator/simulator.ts";
import { runDoctor } from "./run-doctor.ts";

/** What a run printed, and how it ended. */
export type Ran = { code: number; out: string; complaints: string; progress: string[]; asked: string[] };

/** How one run differs from a plain one. */
export type Differing = {
  env?: Record<string, string | undefined>;
  /** What somebody types, in order; without it there is no terminal. */
  answers?: (string | (() => string))[];
  stop?: AbortSignal;
  redis?: boolean;
  columns?: number;
};

/** A tenant in this process with somebody who runs the doctor on it. Time passes only by waiting. */
export type Patient = {
  tenant: Simulator;
  run(args: string[], differing?: Differing): Promise<Ran>;
  /** Runs it for machines and names what is not well, in the order of the list. */
  ids(args?: string[], differing?: Differing): Promise<{ code: number; ids: string[] }>;
  /** Answers in the tenant's place, or hangs; undefined lets the request pass. */
  intercept: (request: Request) => Promise<Response | "hang" | undefined> | undefined;
  /** Every request that was sent, as method and path below the origin. */
  sent: string[];
  now(): number;
};

const reportSchema = z.object({ checks: z.array(z.object({ id: z.string(), level: z.string() })) });

/** Where the tenant is, and the page. */
const ISSUER = "https://tenant.test/";
const PAGE = "https://page.test";
/** 32 bytes that no template leaves behind. */
const KEY = Buffer.alloc(32, 7).toString("base64");

/** Creates a sound tenant with the people's application, and the doctor's with `scopes`. */
export function createPatient(options: { scopes?: readonly string[]; policy?: "always" | "never" } = {}): Patient {
  let now = Date.parse("2026-03-01T12:00:00Z");
  const clients = [demoClient([`${PAGE}/api/mfa/callback`], [PAGE]), managementClient(), doctorClient(options.scopes)];
  const tenant = createSimulator({
    issuer: ISSUER,
    now: () => now,
    clients,
    settings: { policy: options.policy ?? "never" },
  });
  const env = {
    AUTH0_DOMAIN: "tenant.test",
    AUTH0_CLIENT_ID: "mfa-enroll-demo",
    AUTH0_CLIENT_SECRET: "mfa-enroll-demo-secret",
    AUTH0_MANAGEMENT_CLIENT_ID: "mfa-enroll-management",
    AUTH0_MANAGEMENT_CLIENT_SECRET: "mfa-enroll-management-secret",
    AUTH0_DOCTOR_CLIENT_ID: "mfa-enroll-doctor",
    AUTH0_DOCTOR_CLIENT_SECRET: "mfa-enroll-doctor-secret",
    MFA_PUBLIC_URL: PAGE,
    MFA_SECRET_KEY: KEY,
  };

  async function run(args: string[], differing: Differing = {}): Promise<Ran> {
    const ran: Ran = { code: -1, out: "", complaints: "", progress: [], asked: [] };
    const { answers } = differing;
    let giveUp = (): void => {};
    ran.code = await runDoctor({
      args,
      env: { ...env, ...differing.env },
      async fetch(request) {
        patient.sent.push(`${request.method} ${new URL(request.url).pathname}`);
        const instead = await patient.intercept(request);
        if (instead !== "hang") return instead ?? tenant.fetch(request);
        giveUp();
        return new Promise<never>(() => {});
      },
      clock: {
        now: () => now,
        // Without a signal it is a pause; with one, the time by which an answer is given up.
        wait: async (ms, signal) => {
          if (signal === undefined) now += ms;
          else
            await new Promise<void>((resolve) => {
              signal.addEventListener("abort", () => resolve());
              giveUp = () => {
                now += ms;
                resolve();
              };
            });
        },
      },
      progress: (line) => ran.progress.push(line),
      write: (text) => (ran.out += text),
      complain: (text) => (ran.complaints += text),
      ask: async (question) => {
        ran.asked.push(question);
        const answer = answers?.shift() ?? null;
        return typeof answer === "function" ? answer() : answer;
      },
      isColoured: false,
      pingRedis: async () => differing.redis ?? true,
      columns: differing.columns ?? 100,
      whileChanging: (work) => work(differing.stop ?? new AbortController().signal),
    });
    return ran;
  }

  const patient: Patient = {
    tenant,
    run,
    async ids(args = [], differing = {}) {
      const { code, out } = await run([...args, "--json"], differing);
      const { checks } = reportSchema.parse(JSON.parse(out));
      return { code, ids: checks.filter(({ level }) => level !== "ok").map(({ id }) => id) };
    },
    intercept: () => undefined,
    sent: [],
    now: () => now,
  };
  return patient;
}
