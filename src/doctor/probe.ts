import * as z from "zod/mini";
import type { Ask } from "./access-from.ts";
import { clean } from "./clean.ts";
import type { Doors } from "./doors.ts";
import { type Finding, notSeen, ok } from "./finding.ts";
import type { Options } from "./options.ts";
import type { Ours } from "./ours.ts";
import { checkSignInPage, type Credential, signInByPassword } from "./probe-sign-in.ts";
import { probeMessage } from "./probe-message.ts";
import { wordsOf } from "./refusal.ts";
import { send } from "./send.ts";

/** What a probe is made with. */
export type Probing = Pick<Options, "send" | "code"> & {
  env: Readonly<Record<string, string | undefined>>;
  ask: Ask;
};

const authenticatorsSchema = z.array(z.object({ active: z.boolean(), oob_channel: z.optional(z.string()) }));

/** Signs the test person in as the settings say, lists their methods and, when told to, sends one code. */
export async function probe(doors: Doors, ours: Ours, probing: Probing): Promise<Finding[]> {
  const findings: Finding[] = [];
  if (ours.signInWays.includes("redirect") && ours.publicUrl !== null)
    findings.push(await checkSignInPage(doors, ours));
  const signedIn = await signIn(doors, ours, probing);
  if (signedIn.finding) findings.push(signedIn.finding);
  const { credential } = signedIn;
  if (credential === null) return findings;
  const list = await listMethods(doors, ours, credential);
  findings.push(list);
  if (list.level !== "ok") return findings;
  if (probing.send === null) {
    const how = "none was sent; --send email:name@example.com (or sms:+15550100) sends one and confirms it";
    return [...findings, ok("probe-message", "A code on its way", how)];
  }
  return [...findings, ...(await probeMessage(doors, ours, { credential, ...probing, send: probing.send }))];
}

/** By password where that is a way in; else with a token that was given, for nobody can type on the tenant's page from here. */
async function signIn(
  doors: Doors,
  ours: Ours,
  { env, ask }: Probing,
): Promise<{ finding: Finding | null; credential: Credential | null }> {
  const given = env["AUTH0_DOCTOR_MFA_TOKEN"]?.trim();
  if (given) {
    const isToken = /^[\w.~+/-]+=*$/.test(given);
    return isToken
      ? { finding: null, credential: { kind: "mfaApi", value: given } }
      : { finding: notSeen("probe-sign-in", "Sign-in", "AUTH0_DOCTOR_MFA_TOKEN is no token."), credential: null };
  }
  if (!ours.signInWays.includes("password")) {
    const why =
      "a command cannot sign in on the tenant's page. What a sign-in gives, the list of methods and a code are not proved: sign the test person in with a browser, for the audience and scopes of the MFA API, and set AUTH0_DOCTOR_MFA_TOKEN to the token.";
    return { finding: notSeen("probe-sign-in", "Sign-in by the tenant's page", why), credential: null };
  }
  const username =
    env["AUTH0_DOCTOR_USERNAME"]?.trim() || (await ask("User name of the test person: ", { isSecret: false }));
  const password = username
    ? env["AUTH0_DOCTOR_PASSWORD"] || (await ask("Their password (not shown): ", { isSecret: true }))
    : null;
  if (!username || !password) {
    const why = "set AUTH0_DOCTOR_USERNAME and AUTH0_DOCTOR_PASSWORD to those of a test person.";
    return { finding: notSeen("probe-sign-in", "Sign-in by password", why), credential: null };
  }
  return signInByPassword(doors, ours, { username, password });
}

async function listMethods(doors: Doors, { tenant }: Ours, { value }: Credential): Promise<Finding> {
  const title = "The person's methods";
  doors.progress("listing the test person's methods");
  const url = `${tenant.issuer}mfa/authenticators`;
  const answer = await send(doors, { method: "GET", url, bearer: value, isReading: true });
  if (answer.is === "lost") return notSeen("probe-list", title, answer.why);
  const list = authenticatorsSchema.safeParse(answer.body).data;
  if (answer.status === 200 && list) {
    const active = list.filter((one) => one.active).map(({ oob_channel }) => clean(oob_channel ?? "other"));
    return ok("probe-list", title, active.length === 0 ? "none yet" : active.join(", "));
  }
  return {
    id: "probe-list",
    level: "fail",
    title,
    saw:
      answer.status === 200
        ? "The tenant answered with something that is no list."
        : `The tenant said ${wordsOf(answer)}.`,
    why: "The wizard begins with this list; without it nobody gets as far as choosing a method.",
    mend: {
      here: "Where the token was given: get one for the MFA API with all three of its scopes, not older than ten minutes.",
    },
  };
}
