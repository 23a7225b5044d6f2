// A tenant to try things with: it behaves as Auth0 does, sends nothing to anybody, and forgets everything when it ends.
import { randomBytes } from "node:crypto";
import { demoClient, startTenant } from "mfa-enroll/simulator";

const page = process.env.PAGE ?? "http://localhost:4300";
const client = demoClient([`${page}/api/mfa/callback`, `${page}/callback`], [page]);
const port = Number(process.env.TENANT_PORT ?? 4310);
const tenant = await startTenant({ port, clients: [client], messageHost: new URL(page).hostname });

// What the server reads, as a file for `node --env-file`.
console.log(`AUTH0_DOMAIN=${tenant.origin}
AUTH0_CLIENT_ID=${client.id}
AUTH0_CLIENT_SECRET=${client.secret}
MFA_PUBLIC_URL=${page}
MFA_SECRET_KEY=${randomBytes(32).toString("base64")}
# Messages: ${tenant.controlUrl}/outbox
# People: ${tenant.simulator.people.list().map(({ email }) => email)}
# Password: ${tenant.simulator.people.list()[0].password}`);
process.once("SIGTERM", () => void tenant.close());
