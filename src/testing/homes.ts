import type { Secret, Sighting, Sink } from "./scan-for-secrets.ts";

/*
 * Where a secret may be seen: the list that the scan holds everything else against. It is about the traffic between a browser
 * and the BFF, and what the page holds while a screen is open; no log, record, store, address or file is a home of anything.
 */

/** One place where some kinds of secret belong. */
interface Home {
  readonly kinds: readonly string[];
  readonly sink: Sink;
  /** The BFF's route below its base path, or the screen. */
  readonly at: readonly string[];
}

const HOMES: readonly Home[] = [
  // What somebody types goes to the BFF, in the body of the one request that it is typed for.
  { kinds: ["username", "password"], sink: "request body", at: ["POST /sign-in"] },
  // The draft that goes along to a sign-in, so that it is not typed again afterwards.
  { kinds: ["contact"], sink: "request body", at: ["POST /enrollment", "POST /sign-in"] },
  { kinds: ["code"], sink: "request body", at: ["POST /enrollment/confirm", "POST /challenge/verify"] },
  { kinds: ["recovery_code"], sink: "request body", at: ["POST /challenge/verify"] },
  // The one answer that may hold a recovery code, and the one that brings a typed contact back after a reload.
  { kinds: ["recovery_code"], sink: "answer body", at: ["POST /recovery-code"] },
  { kinds: ["contact"], sink: "answer body", at: ["GET /enrollment/contact"] },
  // RFC 6749 section 4.1.2: it comes back in the address of the callback, works once, and only with the client's secret.
  { kinds: ["authorization_code"], sink: "request address", at: ["GET /callback"] },
  // What was typed is kept until it is confirmed, so that "Change number" shows it.
  { kinds: ["contact"], sink: "heap", at: ["code"] },
  // What is on the screen; and what was typed to get there, in a field that the browser has not let go of.
  { kinds: ["recovery_code", "code", "contact"], sink: "heap", at: ["recovery code"] },
];

/** A mark stands in all of these, so it may be where they may. */
const MARKED = ["recovery_code", "contact", "username", "authorization_code"];

/** Tells whether a kind of secret belongs in a sink at a route (`POST /sign-in`) or on a screen. */
export function isAtHome({ kind }: Pick<Secret, "kind">, { sink, where }: Omit<Sighting, "text">): boolean {
  // The cookie is how a browser and the BFF know each other, and goes to and fro in its own two headers alone.
  if (kind === "our_session") return /(?: cookie| set-cookie)$/.test(where);
  const kinds = kind === "mark" ? MARKED : [kind];
  return HOMES.some(
    (home) => home.sink === sink && home.at.includes(where) && home.kinds.some((at) => kinds.includes(at)),
  );
}
