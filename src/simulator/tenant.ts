import type { Client } from "./clients.ts";
import type { Ledger } from "./ledger.ts";
import type { Limits } from "./limits.ts";
import type { Minted } from "./minted.ts";
import type { Outbox } from "./outbox.ts";
import type { People } from "./people.ts";
import type { RandomBytes } from "./random.ts";
import type { Sealed } from "./sealed.ts";
import type { Settings } from "./settings.ts";
import type { Shelf } from "./shelf.ts";
import type { Tokens } from "./tokens.ts";

/** A mail with a code, as it is handed to the carrier. */
export interface CodeMail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

/** What an authorization code stands for. */
export interface CodeGrant {
  readonly clientId: string;
  readonly redirectUri: string;
  readonly codeChallenge: string | null;
  readonly subject: string;
  readonly audience: string | null;
  readonly scope: string;
  readonly nonce: string | null;
  readonly authAt: number;
  readonly mfa: boolean;
  readonly expiresAt: number;
}

/** What a refresh token stands for. A family is one sign-in; `spent` tokens are kept to notice their second use. */
export interface RefreshGrant {
  readonly clientId: string;
  readonly subject: string;
  readonly audience: string | null;
  readonly scope: string;
  readonly authAt: number;
  readonly family: string;
  readonly expiresAt: number;
  spent: boolean;
}

/** The browser's session at the tenant itself. Instants in epoch milliseconds. */
export interface SsoSession {
  readonly id: string;
  readonly subject: string;
  readonly authAt: number;
  readonly expiresAt: number;
  mfaPassed: boolean;
}

/** Everything the handlers share: the tenant's facts, its clock and its chance. */
export interface Tenant {
  /** Ends with a slash. */
  readonly issuer: string;
  /** The audience of the MFA API, with its trailing slash. */
  readonly mfaAudience: string;
  /** The audience of the Management API, with its trailing slash. */
  readonly managementAudience: string;
  readonly now: () => number;
  readonly random: RandomBytes;
  readonly settings: Settings;
  readonly people: People;
  readonly clients: Client[];
  readonly ledger: Ledger;
  readonly outbox: Outbox;
  readonly limits: Limits;
  readonly minted: Minted;
  readonly sealed: Sealed;
  readonly tokens: Tokens;
  readonly codes: Shelf<CodeGrant>;
  readonly refreshTokens: Shelf<RefreshGrant>;
  readonly sessions: Shelf<SsoSession>;
  readonly messageHost: string | undefined;
  readonly sendMail: ((mail: CodeMail) => Promise<void>) | undefined;
}
