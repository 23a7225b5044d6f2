import { createSimulator, type Simulator, type SimulatorOptions } from "./simulator.ts";

/** The answer of a JSON endpoint. */
export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Record<string, unknown>;
}

/** A tenant on a test's bench: its clock stands until it is moved. */
export interface Bench {
  readonly tenant: Simulator;
  /** Moves the clock by so many seconds. */
  pass(seconds: number): void;
  /** Sends JSON; `bearer` goes into the Authorization header. */
  json(method: string, path: string, options?: { body?: unknown; bearer?: string }): Promise<Reply>;
  /** Asks the token endpoint with a form and the demo application's credentials. */
  token(parameters: Readonly<Record<string, string>>): Promise<Reply>;
  /** Signs in by password where a second factor is asked for, and gives the `mfa_token`. */
  mfaToken(username: string): Promise<string>;
  /** Signs in by password for the MFA audience, passing a text challenge where there is one, and gives the MFA JWT. */
  mfaJwt(username: string): Promise<string>;
  associate(bearer: string, body: unknown): Promise<Reply>;
  /** Confirms with a code, the last one sent when absent. */
  confirm(mfaToken: string, oobCode: unknown, code?: string): Promise<Reply>;
  /** Gives the code of the last message. */
  lastCode(): string;
  list(bearer: string): Promise<readonly Record<string, unknown>[]>;
}

const CLIENT = { client_id: "mfa-enroll-demo", client_secret: "mfa-enroll-demo-secret" };
const MFA_SCOPE = "openid profile email enroll read:authenticators remove:authenticators";

/** Puts a tenant with the issuer `https://tenant.test/` on the bench. */
export function createBench(options: Partial<SimulatorOptions> = {}): Bench {
  let at = Date.UTC(2026, 0, 1);
  const tenant = createSimulator({ issuer: "https://tenant.test/", now: () => at, ...options });

  async function json(method: string, path: string, { body, bearer }: { body?: unknown; bearer?: string } = {}) {
    const headers = new Headers();
    if (body !== undefined) headers.set("content-type", "application/json");
    if (bearer !== undefined) headers.set("authorization", `Bearer ${bearer}`);
    const init = { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
    return read(await tenant.fetch(new Request(`https://tenant.test${path}`, init)));
  }

  async function token(parameters: Readonly<Record<string, string>>): Promise<Reply> {
    const body = new URLSearchParams({ ...CLIENT, ...parameters });
    return read(await tenant.fetch(new Request("https://tenant.test/oauth/token", { method: "POST", body })));
  }

  function lastCode(): string {
    return tenant.outbox.list().at(-1)?.code ?? "";
  }

  async function confirm(mfaToken: string, oobCode: unknown, code = lastCode()): Promise<Reply> {
    const grant_type = "http://auth0.com/oauth/grant-type/mfa-oob";
    return token({ grant_type, mfa_token: mfaToken, oob_code: String(oobCode), binding_code: code });
  }

  async function password(username: string, more: Readonly<Record<string, string>>): Promise<Reply> {
    return token({ grant_type: "password", username, password: "Enroll-Demo-1", ...more });
  }

  return {
    tenant,
    pass: (seconds) => {
      at += seconds * 1000;
    },
    json,
    token,
    lastCode,
    confirm,
    associate: (bearer, body) => json("POST", "/mfa/associate", { bearer, body }),
    async mfaToken(username) {
      const { policy } = tenant.settings;
      tenant.settings.policy = "always";
      const { body } = await password(username, { scope: "openid profile" });
      tenant.settings.policy = policy;
      return String(body["mfa_token"]);
    },
    async mfaJwt(username) {
      const { body } = await password(username, { audience: "https://tenant.test/mfa/", scope: MFA_SCOPE });
      if (typeof body["access_token"] === "string") return body["access_token"];
      const mfaToken = String(body["mfa_token"]);
      const sent = await json("POST", "/mfa/challenge", { body: { ...CLIENT, mfa_token: mfaToken } });
      return String((await confirm(mfaToken, sent.body["oob_code"])).body["access_token"]);
    },
    async list(bearer) {
      const request = new Request("https://tenant.test/mfa/authenticators", {
        headers: { authorization: `Bearer ${bearer}` },
      });
      const rows: unknown = await (await tenant.fetch(request)).json();
      return Array.isArray(rows) ? rows.map((row: unknown) => Object.assign({}, row)) : [];
    },
  };
}

async function read(answer: Response): Promise<Reply> {
  const text = await answer.text();
  const body: unknown = text === "" ? {} : JSON.parse(text);
  return { status: answer.status, headers: answer.headers, body: Object.assign({}, body) };
}

/** Wire bodies of an associate request. */
export const ENROLL = {
  sms: { authenticator_types: ["oob"], oob_channels: ["sms"], phone_number: "+12025550167" },
  voice: { authenticator_types: ["oob"], oob_channels: ["voice"], phone_number: "+12025550167" },
  email: { authenticator_types: ["oob"], oob_channels: ["email"], email: "backup@example.org" },
  push: { authenticator_types: ["oob"], oob_channels: ["auth0"] },
  otp: { authenticator_types: ["otp"] },
} as const;

/** Credentials of the demo application, as body members. */
export const DEMO_CLIENT = CLIENT;
