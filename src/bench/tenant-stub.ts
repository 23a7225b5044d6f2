import { createServer } from "node:http";
import { answerOrders } from "./order.ts";

/*
 * The least that can stand for the tenant: it reads the body and answers in Auth0's form, with the recovery code that a first
 * enrollment brings. Whatever time a call takes beyond this is the caller's.
 */

const ASSOCIATED = JSON.stringify({
  authenticator_type: "oob",
  oob_channel: "sms",
  binding_method: "prompt",
  // Auth0's are JWTs of about this length.
  oob_code: `Fe26.2**${"b3".repeat(320)}`,
  recovery_codes: ["K7M2P9Q4R8S3T6V5W1X2Y9ZA"],
});
const NOTHING_LISTED = "[]";

/** Listens on a free port of loopback and counts its calls. */
export function runTenantStub(): void {
  let calls = 0;
  const server = createServer((request, response) => {
    calls += 1;
    request.resume();
    request.once("end", () => {
      const body = request.method === "POST" ? ASSOCIATED : NOTHING_LISTED;
      response.writeHead(200, { "content-type": "application/json", "content-length": Buffer.byteLength(body) });
      response.end(body);
    });
  });
  server.listen(0, "127.0.0.1", () => {
    const address = server.address();
    answerOrders(typeof address === "object" && address ? address.port : 0, async (order) => {
      if (order.do !== "calls") throw new Error("The tenant's stub only counts.");
      const counted = calls;
      calls = 0;
      return counted;
    });
  });
}
