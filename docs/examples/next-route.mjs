// app/api/mfa/[...path]/route.js
import { createNode, readSettings } from "mfa-enroll/bff";

const read = readSettings(process.env);
if ("problems" in read) throw new Error(read.problems.join("\n"));
const { bff } = createNode(read.settings);

// Next tells nobody's address: put the proxy before it among MFA_TRUSTED_PROXIES, and hand on who that is.
const answer = (request) => bff(request, { peer: process.env.PROXY_ADDRESS ?? null });

export const dynamic = "force-dynamic";
export { answer as GET, answer as POST };
