import { textOf } from "./expectation.ts";
import { claimsOf, signIn } from "./rehearsal.ts";
import type { Answer, Stage } from "./stage.ts";
import type { Login } from "./target.ts";

/** An application that was let in to the Management API, as members of a body. */
export interface ManagementApplication {
  readonly client_id: string;
  readonly client_secret: string;
}

/** Registers an application that may get a token in its own name, with these scopes or without any way in. */
export async function addManagement(stage: Stage, scopes: readonly string[] | null): Promise<ManagementApplication> {
  const application = { client_id: "management", client_secret: "management-secret" };
  await stage.addClient({
    id: application.client_id,
    secret: application.client_secret,
    grantTypes: ["client_credentials"],
    ...(scopes === null ? {} : { managementScopes: scopes }),
  });
  return application;
}

/** Asks for a token in the application's own name. */
export function askManagement(
  stage: Stage,
  application: ManagementApplication,
  more: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  return stage.token({
    grant_type: "client_credentials",
    audience: `${stage.issuer}api/v2/`,
    ...application,
    ...more,
  });
}

/** Asks for a new recovery code for somebody. */
export function regenerate(stage: Stage, { userId, bearer }: { userId: string; bearer: string }): Promise<Answer> {
  const path = `/api/v2/users/${encodeURIComponent(userId)}/recovery-code-regeneration`;
  return stage.send(`POST ${path}`, { bearer, json: {} });
}

/** Gives somebody's user id, as their ID token has it. */
export async function userIdOf(stage: Stage, login: Login): Promise<string> {
  const { body } = await signIn(stage, login, { scope: "openid" });
  return textOf(claimsOf(textOf(body, "id_token")), "sub");
}
