import { startTenant } from "../simulator/serve-tenant.ts";
import { answerOrders } from "./order.ts";

const CLIENT = { client_id: "mfa-enroll-demo", client_secret: "mfa-enroll-demo-secret" };

const NEVER_REACHED = 1_000_000_000;

/** Runs the simulated tenant on a free port of loopback. */
export async function runMeasuredTenant(): Promise<void> {
  const { origin, simulator } = await startTenant({ port: 0 });
  // Auth0's limits are imitated too, and would be measured in place of the work.
  simulator.settings.limits.api = { burst: NEVER_REACHED, refillSeconds: 1 };
  answerOrders(Number(new URL(origin).port), async (order) => {
    if (order.do !== "seed") throw new Error("The simulated tenant only signs people in.");
    const body = new URLSearchParams({
      ...CLIENT,
      grant_type: "password",
      username: "robin@example.com",
      password: "Enroll-Demo-1",
      audience: `${origin}/mfa/`,
      scope: "enroll read:authenticators",
    });
    const answer = await simulator.fetch(new Request(`${origin}/oauth/token`, { method: "POST", body }));
    const tokens: unknown = await answer.json();
    const token = typeof tokens === "object" && tokens !== null && "access_token" in tokens ? tokens.access_token : "";
    return [String(token)];
  });
}
