import type { EmailReason } from "./problem.ts";
import { toUnicodeDomain } from "./unicode-domain.ts";

/*
 * Judges email addresses by what mail servers accept (RFC 5321, RFC 5322 dot-atom), with international domains in their
 * ASCII form. It must never know whether a mailbox exists: only a code that comes back tells.
 */

/** Describes the verdict on an email address. */
export type EmailVerdict =
  | { readonly ok: true; readonly email: string }
  | { readonly ok: false; readonly reason: EmailReason };

/** RFC 5321 section 4.5.3.1: octets of the local part, of a label (RFC 1035) and of the whole address. */
const MAX_LOCAL = 64;
const MAX_LABEL = 63;
const MAX_ADDRESS = 254;

/** Zero-width characters and marks that come along with copied text; at the edges they are dropped, inside they are refused. */
const EDGES =
  /^[\s\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]+|[\s\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]+$/g;

/** What begins a display name, a list, a quoted local part, a comment, an IP literal or a second header line. */
// Control characters are named on purpose: they are exactly what is refused.
const FORBIDDEN = /[\s\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff"(),:;<>[\\\]]/;

const ATOM = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+";
const LOCAL = new RegExp(`^${ATOM}(?:\\.${ATOM})*$`);
const LABEL = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/;

/**
 * Judges an email address as it was typed: without surrounding blanks, with the local part as it is and the domain in
 * lower case ASCII (`müller.example` becomes `xn--mller-kva.example`), or why no mail can go there.
 */
export function parseEmail(text: string): EmailVerdict {
  const typed = addressIn(text);
  if (typed === "") return refused("empty");
  if (FORBIDDEN.test(typed)) return refused("characters");
  const [local = "", domain, ...rest] = typed.split("@");
  if (domain === undefined) return refused("no_at");
  if (rest.length > 0) return refused("several_at");
  // Mailboxes beyond ASCII (RFC 6531) need every server on the way to agree; a code that never arrives locks someone out.
  if (!LOCAL.test(local)) return refused("local_part");
  if (local.length > MAX_LOCAL) return refused("too_long");
  const host = toAsciiDomain(domain);
  if (host === null) return refused("domain");
  const email = `${local}@${host}`;
  return email.length > MAX_ADDRESS ? refused("too_long") : { ok: true, email };
}

/**
 * Returns the one address in what was typed or pasted, without judging it: out of `Name <address>`, a `mailto:` link or the
 * end of a sentence, and without the blanks that keyboards put around the `@`.
 */
export function addressIn(text: string): string {
  const typed = toHalfWidth(text.replace(EDGES, "")).replace(/[.,;]$/, "");
  const [, name = "", named] = NAMED.exec(typed) ?? [];
  // A name that is another address leaves open which of the two is meant.
  const isClear = !name.includes("@") || name.trim() === named;
  const address = named !== undefined && isClear ? named : typed;
  return address
    .replace(/^mailto:/i, "")
    .replace(/[ \u00a0]*@[ \u00a0]*/, "@")
    .replace(EDGES, "");
}

/** What a mail client copies: a name, then the address in angle brackets, on one line. */
const NAMED = /^([^<>\u0000-\u001f\u007f-\u009f]*)<([^<>]*)>$/;

/** Input methods write `＠`, `﹫`, `．` and `｡` where a person means `@` and `.`; U+FF01 to U+FF5E mirror ASCII 0x21 to 0x7E. */
function toHalfWidth(text: string): string {
  return text
    .replace(/[\uff01-\uff5e]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
    .replaceAll("\ufe6b", "@")
    .replaceAll("\uff61", ".");
}

function toAsciiDomain(domain: string): string | null {
  // Only letters, marks, digits, dots and hyphens reach the URL parser, so that nothing else of a URL can begin there.
  if (!/^[\p{L}\p{M}\p{N}.\u3002-]+$/u.test(domain)) return null;
  const url = `http://${domain}`;
  if (!URL.canParse(url)) return null;
  const host = new URL(url).hostname;
  const labels = host.split(".");
  const top = labels.at(-1) ?? "";
  // A last label of digits is an IPv4 address, which the URL parser also makes of "0x7f.1" and "2130706433".
  if (labels.length < 2 || /^\d+$/.test(top) || top.length < 2) return null;
  return labels.every((label) => label.length <= MAX_LABEL && LABEL.test(label)) ? host : null;
}

/** Returns an address as it may be shown: the first letter on either side and the top-level domain, such as `a••••@e••••.com`. */
export function maskEmail(email: string): string {
  const [local, domain, ...more] = email.split("@");
  const readable = [local, ...(domain === undefined ? [] : [toUnicodeDomain(domain)]), ...more].join("@");
  const parts = /^([^@])[^@]*@([^@])[^@]*(\.[^@.]+)$/su.exec(readable);
  return parts === null ? "••••" : `${parts[1]}••••@${parts[2]}••••${parts[3]}`;
}

function refused(reason: EmailReason): EmailVerdict {
  return { ok: false, reason };
}
