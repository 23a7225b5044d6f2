import { parseArgs } from "node:util";

import type { Login, Target } from "./target.ts";

/** What the command was asked to do. */
export interface Options {
  readonly help: boolean;
  /** Only names the behaviours. */
  readonly list: boolean;
  /** Plays only behaviours whose title holds this text. */
  readonly only: string | null;
  readonly tenant:
    | { readonly kind: "inProcess" }
    | {
        readonly kind: "controlled";
        readonly origin: string;
        readonly control: string;
        readonly client: Target["client"];
      }
    | {
        readonly kind: "remote";
        readonly issuer: string;
        readonly mfaAudience: string | null;
        readonly client: Target["client"];
        readonly realm: string | null;
        readonly person: Login | null;
        readonly leaveTraces: boolean;
        readonly phone: string | null;
      };
}

/** What `--help` prints. */
export const USAGE = `npm run contract                                  against the simulator, in this process
npm run contract -- --control URL                 against "npm run tenant" over HTTP, by its control doors
npm run contract -- --tenant https://…            against a tenant of yours

  --list           names the behaviours and plays none
  --only TEXT      plays the behaviours whose title holds the text
  --tenant URL     the tenant's address
  --leave-traces   allows unconfirmed authenticators to be left behind at the person
  --send-texts     allows a few text messages to TEST_PHONE, which leave traces too

With --tenant these variables are read: AUTH0_CLIENT_ID, AUTH0_CLIENT_SECRET, and, if you have somebody made for tests,
TEST_USERNAME and TEST_PASSWORD, AUTH0_REALM (their connection), AUTH0_MFA_AUDIENCE (with a custom domain), TEST_PHONE.
Without the two flags nothing is left behind and nothing sent; whatever needs more is skipped with the reason. One wrong
password is tried for that person, and no enrollment is ever confirmed.
`;

/** The application that a simulated tenant starts with. */
const DEMO_CLIENT = { client_id: "mfa-enroll-demo", client_secret: "mfa-enroll-demo-secret" };

/** Reads the command line and the environment. @throws {RangeError} naming what is wrong or missing. */
export function readOptions(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      help: { type: "boolean" },
      list: { type: "boolean" },
      only: { type: "string" },
      tenant: { type: "string" },
      control: { type: "string" },
      "leave-traces": { type: "boolean" },
      "send-texts": { type: "boolean" },
    },
  });
  const { help = false, list = false, only = null } = values;
  return { help, list, only, tenant: readTenant(values, environment) };
}

function readTenant(
  values: {
    tenant?: string | undefined;
    control?: string | undefined;
    "leave-traces"?: boolean | undefined;
    "send-texts"?: boolean | undefined;
  },
  environment: Readonly<Record<string, string | undefined>>,
): Options["tenant"] {
  const { tenant, control } = values;
  const id = environment["AUTH0_CLIENT_ID"];
  const secret = environment["AUTH0_CLIENT_SECRET"];
  if (control !== undefined) {
    const doors = readUrl(control, "--control");
    const origin = tenant === undefined ? new URL("/", doors).href : readUrl(tenant, "--tenant");
    const client = id === undefined || secret === undefined ? DEMO_CLIENT : { client_id: id, client_secret: secret };
    return { kind: "controlled", origin, control: doors, client };
  }
  if (tenant === undefined) return { kind: "inProcess" };
  if (id === undefined || secret === undefined) {
    throw new RangeError("AUTH0_CLIENT_ID and AUTH0_CLIENT_SECRET must be set for --tenant");
  }
  const username = environment["TEST_USERNAME"];
  const password = environment["TEST_PASSWORD"];
  const phone = environment["TEST_PHONE"] ?? null;
  const sendTexts = values["send-texts"] === true;
  if (sendTexts && phone === null) throw new RangeError("TEST_PHONE must be set for --send-texts");
  return {
    kind: "remote",
    issuer: readUrl(tenant, "--tenant"),
    mfaAudience: environment["AUTH0_MFA_AUDIENCE"] ?? null,
    client: { client_id: id, client_secret: secret },
    realm: environment["AUTH0_REALM"] ?? null,
    person: username === undefined || password === undefined ? null : { username, password },
    leaveTraces: values["leave-traces"] === true || sendTexts,
    phone: sendTexts ? phone : null,
  };
}

/** Reads an address; credentials travel there, so that it must be https or this machine. */
function readUrl(text: string, name: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  const local = url !== null && ["127.0.0.1", "localhost", "[::1]"].includes(url.hostname);
  if (url === null || !(url.protocol === "https:" || (url.protocol === "http:" && local))) {
    throw new RangeError(`${name} must be an https address, or http on this machine`);
  }
  return url.href.endsWith("/") ? url.href : `${url.href}/`;
}
