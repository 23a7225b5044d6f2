import type { Login, Need, Target } from "./target.ts";

/** A tenant that belongs to somebody, and what of it the suite was entrusted with. */
export interface RemoteOptions {
  readonly issuer: string;
  /** The audience of the MFA API where it is not the issuer's own, as with a custom domain. */
  readonly mfaAudience?: string;
  readonly client: Target["client"];
  readonly realm: string | null;
  /** Somebody made for tests; their account is signed in to, and one wrong password is tried. */
  readonly person: Login | null;
  /** Allows unconfirmed authenticators to be left behind at that person. */
  readonly leaveTraces: boolean;
  /** A number of ours that may be texted; null sends nothing. */
  readonly phone: string | null;
  readonly fetch?: (request: Request) => Promise<Response>;
  /** Resolves after so many milliseconds; real time when absent. */
  readonly wait?: (milliseconds: number) => Promise<void>;
  readonly now?: () => number;
}

/** Between two requests: four a second stay below the smallest published limit of the token endpoint. */
const PACE_MS = 250;
/** Requests that the tenant was too busy for are sent again so often and no more. */
const TRIES = 3;
/** The longest wait for a limit to pass; a tenant that wants more is left alone. */
const LONGEST_WAIT_MS = 60_000;

/**
 * Creates the view of a tenant that is not ours: one request after the other, at a walking pace, waiting where the tenant
 * says that it is too much. It changes no setting
 * and confirms no enrollment. A first sign-in finds out whether an `mfa_token` can be had and whether it can enroll.
 */
export async function createRemoteTarget(options: RemoteOptions): Promise<Target> {
  const { issuer, client, realm, person, now = Date.now } = options;
  const send = options.fetch ?? ((request: Request) => fetch(request));
  const wait = options.wait ?? ((milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)));

  async function paced(request: Request): Promise<Response> {
    for (let attempt = 1; ; attempt += 1) {
      await wait(PACE_MS);
      const answer = await send(request.clone());
      if (answer.status !== 429 || attempt === TRIES) return answer;
      const reset = Number(answer.headers.get("x-ratelimit-reset") ?? Number.NaN) * 1000 - now();
      const pause = Number.isFinite(reset) ? Math.max(reset, 1000) : LONGEST_WAIT_MS;
      if (pause > LONGEST_WAIT_MS) return answer;
      await wait(pause);
    }
  }

  const offers = new Set<Need>(["client"]);
  if (issuer.startsWith("https:")) offers.add("https");
  if (options.leaveTraces) offers.add("traces");
  if (options.phone !== null) offers.add("texts");
  if (person !== null) {
    offers.add("person");
    const state = await look({ issuer, client, realm, person, fetch: paced });
    if (state !== "noMfaToken") offers.add("mfaToken");
    if (state === "unenrolled") offers.add("unenrolled");
  }
  const notOurs = async (): Promise<never> => {
    throw new Error("this tenant is not ours to change");
  };
  return {
    issuer,
    mfaAudience: options.mfaAudience ?? `${issuer}mfa/`,
    client,
    realm,
    phone: options.phone ?? "",
    offers,
    fetch: paced,
    async begin() {},
    async person() {
      if (person === null) throw new Error("there is no user name and password to sign in with");
      return person;
    },
    remove: notOurs,
    addClient: notOurs,
    change: notOurs,
    readCode: notOurs,
    answerPush: notOurs,
  };
}

/** Signs in once to see what there is to examine: an `mfa_token`, and whether it can enroll. */
async function look(asked: {
  issuer: string;
  client: Target["client"];
  realm: string | null;
  person: Login;
  fetch: (request: Request) => Promise<Response>;
}): Promise<"noMfaToken" | "enrolled" | "unenrolled"> {
  const { issuer, client, realm, person } = asked;
  const grant =
    realm === null
      ? { grant_type: "password" }
      : { grant_type: "http://auth0.com/oauth/grant-type/password-realm", realm };
  const body = new URLSearchParams({ ...grant, ...client, ...person, scope: "openid profile" });
  const signedIn = await asked.fetch(new Request(`${issuer}oauth/token`, { method: "POST", body }));
  const members: unknown = await signedIn.json().catch(() => null);
  const token: unknown = Object.assign({ mfa_token: null }, members).mfa_token;
  if (typeof token !== "string") return "noMfaToken";
  const headers = { authorization: `Bearer ${token}` };
  const answer = await asked.fetch(new Request(`${issuer}mfa/authenticators`, { headers }));
  const listed: unknown = await answer.json().catch(() => null);
  const rows: readonly unknown[] = Array.isArray(listed) ? listed : [];
  const read = rows.map((row) => Object.assign({ active: false, oob_channel: "" }, row));
  return read.some(({ active, oob_channel }) => active && oob_channel !== "email") ? "enrolled" : "unenrolled";
}
