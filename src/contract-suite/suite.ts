/*
 * The contract suite: what Auth0's token endpoint, MFA API and a corner of its Management API do, told as literal requests and the answers to them, each
 * behaviour by name. It exists so that one list holds the simulator and a real tenant to the same words. It must never
 * know the product, and knows the simulator only where a tenant in this process is put together.
 */
import { ASSOCIATE_ANSWERS, ASSOCIATE_EFFECTS } from "./behaviours/associate.ts";
import { ASSOCIATE_REFUSALS, ASSOCIATE_TOKEN_REFUSALS } from "./behaviours/associate-refusals.ts";
import { DELETE, LIST } from "./behaviours/authenticators.ts";
import { CHALLENGE, CHALLENGE_REFUSALS } from "./behaviours/challenge.ts";
import { CODE_REFUSALS, GRANT_REFUSALS } from "./behaviours/mfa-grant-refusals.ts";
import { CLIENT_CREDENTIALS, REGENERATION } from "./behaviours/management.ts";
import { MFA_GRANTS, PUSH } from "./behaviours/mfa-grants.ts";
import { MFA_REQUIRED, OTHER_GRANTS } from "./behaviours/mfa-required.ts";
import { PASSWORD, PASSWORD_REFUSALS } from "./behaviours/password.ts";
import type { Behaviour } from "./behaviour.ts";
import { AUTH0_AUTH_JS } from "./foreign-clients/auth0-auth-js.ts";
import { AUTH0_LEGACY } from "./foreign-clients/auth0-legacy.ts";
import { MANAGEMENT_CLIENT } from "./foreign-clients/management-client.ts";
import { OPENID_CLIENT } from "./foreign-clients/openid-client.ts";

/** Behaviours under one heading. */
export interface Chapter {
  readonly heading: string;
  readonly behaviours: readonly Behaviour[];
}

/** The whole suite, in the order in which a sign-in meets it. */
export const SUITE: readonly Chapter[] = [
  { heading: "POST /oauth/token, password", behaviours: PASSWORD },
  { heading: "POST /oauth/token, password refused", behaviours: PASSWORD_REFUSALS },
  { heading: "mfa_required and the mfa_token", behaviours: MFA_REQUIRED },
  { heading: "POST /oauth/token, other grants and limits", behaviours: OTHER_GRANTS },
  { heading: "POST /oauth/token, MFA grants", behaviours: MFA_GRANTS },
  { heading: "POST /oauth/token, push", behaviours: PUSH },
  { heading: "POST /oauth/token, codes refused", behaviours: CODE_REFUSALS },
  { heading: "POST /oauth/token, MFA grants refused", behaviours: GRANT_REFUSALS },
  { heading: "POST /mfa/associate", behaviours: ASSOCIATE_ANSWERS },
  { heading: "POST /mfa/associate, what it leaves behind", behaviours: ASSOCIATE_EFFECTS },
  { heading: "POST /mfa/associate, who is refused", behaviours: ASSOCIATE_TOKEN_REFUSALS },
  { heading: "POST /mfa/associate, what is refused", behaviours: ASSOCIATE_REFUSALS },
  { heading: "GET /mfa/authenticators", behaviours: LIST },
  { heading: "DELETE /mfa/authenticators/{id}", behaviours: DELETE },
  { heading: "POST /mfa/challenge", behaviours: CHALLENGE },
  { heading: "POST /mfa/challenge refused", behaviours: CHALLENGE_REFUSALS },
  { heading: "POST /oauth/token, client_credentials", behaviours: CLIENT_CREDENTIALS },
  { heading: "POST /api/v2/users/{id}/recovery-code-regeneration", behaviours: REGENERATION },
  { heading: "openid-client", behaviours: OPENID_CLIENT },
  { heading: "@auth0/auth0-auth-js", behaviours: AUTH0_AUTH_JS },
  { heading: "auth0 (auth0/legacy)", behaviours: AUTH0_LEGACY },
  { heading: "auth0 (ManagementClient)", behaviours: MANAGEMENT_CLIENT },
];
