import type { Access } from "./management-calls.ts";
import type { Seen } from "./seen.ts";

/** The part of the discovery document that matters here. */
export type Discovery = { issuer: string; token_endpoint: string };

/** The application, as far as it is looked at. Absent members were not told. */
export type Application = {
  name?: string | undefined;
  app_type?: string | undefined;
  is_first_party?: boolean | undefined;
  token_endpoint_auth_method?: string | null | undefined;
  grant_types?: string[] | undefined;
  callbacks?: string[] | undefined;
  allowed_logout_urls?: string[] | undefined;
};

/** What the whole tenant is set to. */
export type TenantWide = {
  default_directory?: string | null | undefined;
  customize_mfa_in_postlogin_action?: boolean | undefined;
};

/** A database of users, and which applications may use it. */
export type Connection = { id: string; name: string; strategy: string; isForUs: boolean };

/** A factor of the tenant. */
export type Factor = { name: string; enabled: boolean };

/** A phone provider of the newer, tenant-wide kind. */
export type PhoneProvider = { name: string; disabled?: boolean | undefined };

/** Everything that was read, each apart: what could not be seen says why, and the rest goes on. */
export type TenantView = {
  discovery: Seen<Discovery>;
  access: Seen<Access>;
  /** Whether the tenant takes the BFF's own client id and secret; where it does not, what it said. */
  secret: Seen<"taken" | { refused: string }>;
  /** Whether the application for recovery codes may do its one thing; null where none is configured. */
  recoveryAccess: Seen<"granted"> | null;
  /** Null: there is no such application. */
  application: Seen<Application | null>;
  tenantWide: Seen<TenantWide | null>;
  connections: Seen<Connection[] | null>;
  factors: Seen<Factor[] | null>;
  messageTypes: Seen<string[] | null>;
  /** The Guardian's own choice: `auth0`, `twilio`, `phone-message-hook`. */
  phoneProvider: Seen<string | null>;
  /** Whether the Guardian's Twilio has its credentials; looked at where it is chosen. */
  twilio: Seen<boolean> | null;
  phoneProviders: Seen<PhoneProvider[] | null>;
  /** Null: there is the built-in test mailer alone. */
  emailProvider: Seen<{ name: string; enabled?: boolean | undefined } | null>;
  policies: Seen<string[] | null>;
};
