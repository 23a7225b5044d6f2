import { PAGE } from "./measured-bff.ts";

/*
 * What the bench asks, as a browser sends it: for the load generator as text, for the client of a fixed rate in its parts. A
 * secret is a cookie of the BFF or a token of the tenant.
 */

/** Describes one request of many. */
export type Asked = {
  method: "GET" | "POST";
  path: string;
  headers: Readonly<Record<string, string>>;
  /** Null for a request without a body. */
  body: string | null;
};

/** What Chromium sends beside what the page asks it to. */
const BROWSER = {
  host: new URL(PAGE).host,
  accept: "application/json, application/problem+json",
  "accept-encoding": "gzip, deflate, br",
  "accept-language": "en-GB,en;q=0.9",
  "user-agent": "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36",
  "sec-fetch-site": "same-origin",
  "sec-fetch-mode": "cors",
  "sec-fetch-dest": "empty",
  "x-mfa-enroll": "1",
};

/** Returns a reading of the session: no call to the tenant while the list is fresh. */
export function readingOf(cookie: string): Asked {
  return {
    method: "GET",
    path: "/api/mfa/session",
    headers: { ...BROWSER, cookie: `mfa=${cookie}` },
    body: null,
  };
}

/** Returns a start of an enrollment by text, each to a number of its own: one call to the tenant. */
export function startOf(cookie: string): Asked {
  // German mobile numbers of the prefix 0151 have eight digits more.
  const number = String(Math.floor(Math.random() * 1e8)).padStart(8, "0");
  const body = `{"channel":"sms","contact":"+49151${number}"}`;
  return {
    method: "POST",
    path: "/api/mfa/enrollment",
    headers: {
      ...BROWSER,
      origin: PAGE,
      "content-type": "application/json",
      "content-length": String(body.length),
      "idempotency-key": `start-of-the-bench-${number}`,
      cookie: `mfa=${cookie}`,
    },
    body,
  };
}

/** Returns what the BFF asks the tenant most often. */
export function listingOf(token: string): Asked {
  return {
    method: "GET",
    path: "/mfa/authenticators",
    headers: { ...BROWSER, authorization: `Bearer ${token}` },
    body: null,
  };
}

/** Returns a request as it goes over the wire. */
export function textOf({ method, path, headers, body }: Asked): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return `${method} ${path} HTTP/1.1\r\n${lines.join("")}\r\n${body ?? ""}`;
}
