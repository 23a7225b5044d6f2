import { createHash } from "node:crypto";

/** Says what an answer of the page is, and where it is given. */
export type PageAnswer = {
  /** Whether it is a document, or tells that there is none. */
  document: boolean;
  /** Whether the page is served on https. */
  https: boolean;
  /** Origins whose pages may show ours in a frame; none when left out. */
  frameAncestors?: readonly string[];
  /** What stands in the document itself; nothing when left out. */
  inline?: Inline;
};

/** The scripts and styles that stand in a document itself, by their hashes, as a policy names them (W3C CSP 3 section 2.3.1). */
export type Inline = { readonly scripts: readonly string[]; readonly styles: readonly string[] };

/** Returns what stands in a document. It must be the document as it was built: whatever is in it is allowed by this. */
export function inlineOf(built: string): Inline {
  const hashes = (tag: string) =>
    [...built.matchAll(new RegExp(`<${tag}>([^]*?)</${tag}>`, "g"))].map(
      ([, text = ""]) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`,
    );
  return { scripts: hashes("script"), styles: hashes("style") };
}

/** What the page may do: its own scripts, styles and answers, and nothing of anybody else's (W3C CSP 3, Trusted Types). */
const policyFor = ({ scripts, styles }: Inline): readonly string[] => [
  "default-src 'none'",
  ["script-src 'self'", ...scripts].join(" "),
  ["style-src 'self'", ...styles].join(" "),
  "img-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
];

const NOTHING: Inline = { scripts: [], styles: [] };

/** Codes may be read from messages (WebOTP) and recovery codes copied; everything else that is known everywhere is off. */
const PERMISSIONS = [
  "otp-credentials=(self)",
  "clipboard-write=(self)",
  "camera=()",
  "geolocation=()",
  "microphone=()",
  "payment=()",
  "usb=()",
].join(", ");

/**
 * Returns the headers of an answer of the page, whatever its status: a refusal and a picture are documents too once they are opened
 * by themselves. Documents are never stored, because they are the way back into somebody's session; a page on https tells
 * browsers to stay there for a year (RFC 6797).
 */
export function pageHeaders({ document, https, frameAncestors = [], inline = NOTHING }: PageAnswer): Headers {
  const ancestors = frameAncestors.length === 0 ? "'none'" : frameAncestors.join(" ");
  const headers = new Headers({
    "Content-Security-Policy": [...policyFor(inline), `frame-ancestors ${ancestors}`].join("; "),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": PERMISSIONS,
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
  });
  if (https) headers.set("Strict-Transport-Security", "max-age=31536000");
  // For browsers that do not know frame-ancestors; it cannot name an origin (RFC 7034 section 2.1).
  if (frameAncestors.length === 0) headers.set("X-Frame-Options", "DENY");
  if (document) headers.set("Cache-Control", "no-store, private");
  return headers;
}
