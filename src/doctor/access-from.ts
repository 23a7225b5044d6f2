import type { Doors } from "./doors.ts";
import { type Access, endOf, fetchAccess, scopesOf } from "./management-calls.ts";
import type { Ours } from "./ours.ts";
import { type Seen, seen, unseen } from "./seen.ts";

/** Asks a person at the terminal; null where there is none. */
export type Ask = (question: string, how: { isSecret: boolean }) => Promise<string | null>;

/** What the doctor comes to the Management API with. */
export type Credentials = { token: string } | { clientId: string; clientSecret: string };

/** Reads the doctor's credentials from the environment, and asks for what is missing there. Null where nobody can be asked. */
export async function readCredentials(
  env: Readonly<Record<string, string | undefined>>,
  ask: Ask,
): Promise<Credentials | null> {
  const token = env["AUTH0_DOCTOR_TOKEN"]?.trim();
  if (token) return { token };
  const clientId =
    env["AUTH0_DOCTOR_CLIENT_ID"]?.trim() ||
    (await ask("Client id of the application that may call the Management API: ", { isSecret: false }));
  if (!clientId) return null;
  const clientSecret =
    env["AUTH0_DOCTOR_CLIENT_SECRET"]?.trim() || (await ask("Its client secret (not shown): ", { isSecret: true }));
  return clientSecret ? { clientId, clientSecret } : null;
}

/** Gets a token for the Management API, or takes the one that was given. */
export async function accessFrom(doors: Doors, ours: Ours, credentials: Credentials): Promise<Seen<Access>> {
  if (!("token" in credentials)) {
    doors.progress("asking for a management token");
    return fetchAccess(doors, { issuer: ours.tenant.issuer, audience: ours.managementBase, ...credentials });
  }
  const { token } = credentials;
  if (!/^[\w.~+/-]+=*$/.test(token)) return unseen("AUTH0_DOCTOR_TOKEN is no token.");
  const end = endOf(token);
  if (end !== null && end <= doors.clock.now()) {
    return unseen(`AUTH0_DOCTOR_TOKEN expired at ${new Date(end).toISOString()}; get a new one.`);
  }
  return seen({ token, scopes: scopesOf(token) });
}
