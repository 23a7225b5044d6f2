/** What the page may do: its own scripts, styles and answers, and nothing of anybody else's (W3C CSP 3, Trusted Types). */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join("; ");

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
 * Returns the headers of every answer that is part of the page. Documents are never stored, because they are the way
 * back into somebody's session; a page on https tells browsers to stay there for a year (RFC 6797).
 */
export function pageHeaders({ document, https }: { document: boolean; https: boolean }): Headers {
  const headers = new Headers({
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
  });
  if (https) headers.set("Strict-Transport-Security", "max-age=31536000");
  if (!document) return headers;
  headers.set("Content-Security-Policy", POLICY);
  headers.set("Cross-Origin-Opener-Policy", "same-origin");
  headers.set("Permissions-Policy", PERMISSIONS);
  headers.set("X-Frame-Options", "DENY");
  headers.set("Cache-Control", "no-store, private");
  return headers;
}
