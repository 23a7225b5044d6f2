import * as z from "zod/mini";
import { clean } from "./clean.ts";
import type { Doors } from "./doors.ts";
import { codeOf, wordsOf } from "./refusal.ts";
import { type Seen, seen, unseen } from "./seen.ts";
import { type Answer, send } from "./send.ts";

/** A token for the Management API, and what it may do; null where the token does not tell. */
export type Access = { token: string; scopes: readonly string[] | null };

/** The Management API with a token. Everything resolves; nothing throws. */
export type Management = {
  /** What the token is worth, as far as the answers have shown: one that was refused is not tried again. */
  access(): Seen<Access>;
  /** Reads what is at a path below `/api/v2/`; null where there is nothing (404). */
  read<T>(asked: { path: string; scope: string; schema: z.ZodMiniType<T> }): Promise<Seen<T | null>>;
  /** Changes one thing. Resolves with null when it was done, or with a sentence. */
  write(asked: {
    method: "PUT" | "PATCH" | "POST";
    path: string;
    scope: string;
    body: unknown;
  }): Promise<string | null>;
};

/** Creates the speaker to the Management API. `base` ends with `/api/v2/`. A scope that the token lacks is not even asked with. */
export function createManagement(doors: Doors, base: string, given: Seen<Access>): Management {
  let access = given;

  async function ask(method: "GET" | "PUT" | "PATCH" | "POST", path: string, scope: string, json?: unknown) {
    if (access.is === "unseen") return access;
    const { token, scopes } = access.value;
    if (scopes !== null && !scopes.includes(scope)) return unseen(`the token lacks the scope ${scope}.`);
    const asked = { method, url: base + path, bearer: token, isReading: method === "GET" };
    const answer = await send(doors, json === undefined ? asked : { ...asked, json });
    if (answer.is === "answer" && answer.status === 401)
      access = unseen(`the tenant does not take the management token: ${wordsOf(answer)}.`);
    return answer;
  }

  return {
    access: () => access,
    async read({ path, scope, schema }) {
      const name = path.replace(/\?.*/, "");
      doors.progress(`reading ${name}`);
      const answer = await ask("GET", path, scope);
      if (answer.is === "unseen") return answer;
      if (answer.is === "answer" && answer.status === 404 && codeOf(answer.body) !== "Not Found") return seen(null);
      const complaint = complaintAbout(answer);
      if (complaint !== null) return unseen(complaint);
      const parsed = schema.safeParse(answer.is === "answer" ? answer.body : undefined);
      return parsed.success
        ? seen(parsed.data)
        : unseen(`the tenant answered GET /api/v2/${name} with something that is not what Auth0 documents.`);
    },
    async write({ method, path, scope, body }) {
      const answer = await ask(method, path, scope, body);
      return answer.is === "unseen" ? answer.why : complaintAbout(answer);
    },
  };
}

function complaintAbout(answer: Answer): string | null {
  if (answer.is === "lost") return answer.why;
  const { status, body } = answer;
  if (status >= 200 && status < 300) return null;
  if (status === 401) return `the tenant does not take the management token: ${wordsOf(answer)}.`;
  // A token that does not tell its scopes, or a call that needs another one beside.
  if (codeOf(body) === "insufficient_scope") return `the token lacks a scope: ${wordsOf(answer)}.`;
  if (status >= 500) return `the tenant is in trouble: ${wordsOf(answer)}.`;
  return `the tenant said no: ${wordsOf(answer)}.`;
}

const tokenSchema = z.object({ access_token: z.string().check(z.regex(/^[\w.~+/-]+=*$/)) });

/** Fetches a token in the doctor's own name. All that it was granted comes along; nothing is asked for by name. */
export async function fetchAccess(
  doors: Doors,
  asked: { issuer: string; audience: string; clientId: string; clientSecret: string; scope?: string },
): Promise<Seen<Access>> {
  const { issuer, audience, clientId, clientSecret, scope } = asked;
  const answer = await send(doors, {
    method: "POST",
    url: `${issuer}oauth/token`,
    form: {
      grant_type: "client_credentials",
      client_id: clientId,
      client_secret: clientSecret,
      audience,
      ...(scope === undefined ? {} : { scope }),
    },
    isReading: true,
  });
  if (answer.is === "lost") return unseen(answer.why);
  if (answer.status === 401) return unseen(`the tenant does not take this client id and secret: ${wordsOf(answer)}.`);
  if (answer.status !== 200) return unseen(`the tenant gave no token for ${clean(audience)}: ${wordsOf(answer)}.`);
  const parsed = tokenSchema.safeParse(answer.body);
  if (!parsed.success) return unseen("the tenant answered with something that is no token.");
  const token = parsed.data.access_token;
  return seen({ token, scopes: scopesOf(token) });
}

const claimsSchema = z.object({ scope: z.string(), exp: z.catch(z.optional(z.number()), undefined) });

/** Reads what a token says that it may do, without trusting it: the tenant decides. Null where it is not readable. */
export function scopesOf(token: string): readonly string[] | null {
  return claimsOf(token)?.scope.split(" ").filter(Boolean) ?? null;
}

/** Reads when a token ends, epoch ms; null where it does not tell. */
export function endOf(token: string): number | null {
  const seconds = claimsOf(token)?.exp;
  return seconds === undefined ? null : seconds * 1000;
}

function claimsOf(token: string): z.infer<typeof claimsSchema> | null {
  const [, payload = ""] = token.split(".");
  try {
    return claimsSchema.safeParse(JSON.parse(Buffer.from(payload, "base64url").toString("utf8"))).data ?? null;
  } catch {
    return null;
  }
}
