import { describe, expect, test } from "vitest";

import { createManagementBench } from "./management-bench.ts";

/** Method, path, scope, and a body where one is needed. */
const CALLS: [method: string, path: string, scope: string, body?: object][] = [
  ["GET", "/guardian/factors", "read:guardian_factors"],
  ["PUT", "/guardian/factors/sms", "update:guardian_factors", { enabled: true }],
  ["GET", "/guardian/factors/phone/message-types", "read:guardian_factors"],
  ["PUT", "/guardian/factors/phone/message-types", "update:guardian_factors", { message_types: ["sms"] }],
  ["GET", "/guardian/factors/phone/selected-provider", "read:guardian_factors"],
  ["PUT", "/guardian/factors/phone/selected-provider", "update:guardian_factors", { provider: "twilio" }],
  ["GET", "/guardian/factors/sms/selected-provider", "read:guardian_factors"],
  ["GET", "/guardian/factors/phone/providers/twilio", "read:guardian_factors"],
  ["PUT", "/guardian/factors/phone/providers/twilio", "update:guardian_factors", { sid: "AC1" }],
  ["GET", "/guardian/factors/phone/templates", "read:guardian_factors"],
  ["GET", "/guardian/policies", "read:mfa_policies"],
  ["PUT", "/guardian/policies", "update:mfa_policies", []],
  ["GET", "/branding/phone/providers", "read:phone_providers"],
  ["GET", "/emails/provider", "read:email_provider"],
  ["GET", "/clients/mfa-enroll-demo", "read:clients"],
  ["PATCH", "/clients/mfa-enroll-demo", "update:clients", {}],
  ["GET", "/clients/mfa-enroll-demo/connections", "read:connections"],
  ["GET", "/connections", "read:connections"],
  ["GET", "/connections/con_Mf4EnrollDatabas", "read:connections"],
  ["GET", "/connections/con_Mf4EnrollDatabas/clients", "read:connections"],
  [
    "PATCH",
    "/connections/con_Mf4EnrollDatabas/clients",
    "update:connections",
    [{ client_id: "mfa-enroll-demo", status: true }],
  ],
  ["GET", "/client-grants", "read:client_grants"],
  ["GET", "/tenants/settings", "read:tenant_settings"],
  ["PATCH", "/tenants/settings", "update:tenant_settings", {}],
  ["GET", "/users/auth0%7Ckim/authentication-methods", "read:authentication_methods"],
];

const ALL = [...new Set(CALLS.map(([, , scope]) => scope))];

describe("every call of the Management API", () => {
  test.each(CALLS)("%s %s takes %s and no other scope", async (method, path, scope, body) => {
    const lacking = createManagementBench(ALL.filter((one) => one !== scope));
    const refused = await lacking.manage(method, path, body);
    expect(refused.status).toBe(403);
    expect(refused.body).toEqual({
      statusCode: 403,
      error: "Forbidden",
      message: `Insufficient scope, expected any of: ${scope}`,
      errorCode: "insufficient_scope",
    });
    const answered = await createManagementBench([scope]).manage(method, path, body);
    expect([200, 204]).toContain(answered.status);
  });

  test("refuses members of a query that it does not know", async () => {
    const { status, body } = await createManagementBench().manage("GET", "/guardian/policies?verbose=true");
    expect(status).toBe(400);
    expect(body["errorCode"]).toBe("invalid_query_string");
    expect((await createManagementBench().manage("GET", "/connections?take=all")).body["errorCode"]).toBe(
      "invalid_query_string",
    );
  });
});
