import { type PageSettings, readPageSettings } from "./read-page-settings.ts";
import { readPair } from "./read-pair.ts";

/** Says what may be left out, each with what goes without it. */
export type OptionalSettings = PageSettings & {
  /** The application that may ask the Management API for a new recovery code; null: a lost one cannot be replaced here. */
  management: { clientId: string; clientSecret: string; audience: string } | null;
  /** How owners of accounts are told of changes; null: they are not. */
  mail: { smtpUrl: string; from: string } | null;
  /** Where somebody goes who did not make a change that they are told of. */
  notYouUrl: string;
};

/** Auth0 knows its Management API by one name in each tenant. */
const AUDIENCE = /^https?:\/\/[^\s/?#]+\/api\/v2\/$/;
/** An address, perhaps with a name before it. Line breaks would let headers in (RFC 5322 section 2.2). */
const SENDER = /^(?:[^<>@\r\n]+<[^<>@\s]+@[^<>@\s]+>|[^<>@\s]+@[^<>@\s]+)$/;

/** Reads the settings that may be left out, and adds a sentence to `problems` for each that is wrong. */
export function readOptionalSettings(
  env: Record<string, string | undefined>,
  known: { issuer: string; publicUrl: string },
  problems: string[],
): OptionalSettings {
  const client = readPair(env, ["AUTH0_MANAGEMENT_CLIENT_ID", "AUTH0_MANAGEMENT_CLIENT_SECRET"], problems);
  const audience = env["AUTH0_MANAGEMENT_AUDIENCE"]?.trim() || `${known.issuer}api/v2/`;
  if (client && !AUDIENCE.test(audience))
    problems.push("AUTH0_MANAGEMENT_AUDIENCE must be the tenant's own address with /api/v2/ at its end.");
  const mail = readPair(env, ["SMTP_URL", "MFA_NOTICE_FROM"], problems);
  const [smtpUrl = "", from = ""] = mail ?? [];
  if (mail && !(/^smtps?:\/\/./.test(smtpUrl) && URL.canParse(smtpUrl)))
    problems.push("SMTP_URL must be an smtp:// or smtps:// address.");
  if (mail && !SENDER.test(from)) problems.push("MFA_NOTICE_FROM must be an email address.");
  const notYouUrl = env["MFA_NOT_YOU_URL"]?.trim() || known.publicUrl;
  if (env["MFA_NOT_YOU_URL"]?.trim() && !isPlainAddress(notYouUrl))
    problems.push("MFA_NOT_YOU_URL must be an https address without a query; http:// is allowed on loopback only.");
  return {
    management: client && { clientId: client[0], clientSecret: client[1], audience },
    mail: mail && { smtpUrl, from },
    notYouUrl,
    ...readPageSettings(env, problems),
  };
}

/** A query could carry a token, and a mail is no place for one. */
function isPlainAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, username, password, search, hash } = new URL(text);
  if (username !== "" || password !== "" || search !== "" || hash !== "") return false;
  return (
    protocol === "https:" || (protocol === "http:" && /^(?:127(?:\.\d{1,3}){3}|localhost|\[::1\])$/.test(hostname))
  );
}
