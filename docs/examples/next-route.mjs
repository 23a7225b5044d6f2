// app/api/mfa/[...path]/route.js
import { createNode, readSettings } from "mfa-enroll/bff";

let bff = null;

/** At the first request and not before: a build has no settings. */
function open() {
  const read = readSettings(process.env);
  if ("problems" in read) throw new Error(read.problems.join("\n"));
  return createNode(read.settings).bff;
}

function answer(request) {
  bff ??= open();
  // Next tells nobody's address: put the proxy before it among MFA_TRUSTED_PROXIES, and hand on who that is.
  return bff(request, { peer: process.env.PROXY_ADDRESS ?? null });
}

export const dynamic = "force-dynamic";
export { answer as GET, answer as POST };
