import { ManagementClient, ManagementError } from "auth0";
import { describe, expect, test } from "vitest";

import { ENROLL } from "./bench.ts";
import { CALLBACK, createManagementBench, type ManagementBench } from "./management-bench.ts";

const DEMO = "mfa-enroll-demo";
const DATABASE = "Username-Password-Authentication";

/** Auth0's own client, in the name of the application that examines the tenant. */
function clientOf({ tenant }: ManagementBench, clientSecret = "mfa-enroll-doctor-secret"): ManagementClient {
  return new ManagementClient({
    domain: "tenant.test",
    clientId: "mfa-enroll-doctor",
    clientSecret,
    fetch: (input, init) => tenant.fetch(new Request(input, init)),
    maxRetries: 0,
  });
}

async function refusal(request: PromiseLike<unknown>): Promise<ManagementError> {
  const reason: unknown = await request.then(
    () => null,
    (error: unknown) => error,
  );
  if (!(reason instanceof ManagementError)) throw new Error("a ManagementError was expected");
  return reason;
}

describe("Auth0's ManagementClient", () => {
  test("lists every factor and switches one", async () => {
    const bench = createManagementBench();
    const { guardian } = clientOf(bench);
    const factors = await guardian.factors.list();
    expect(factors.filter(({ enabled }) => enabled).map(({ name }) => name)).toEqual([
      "sms",
      "push-notification",
      "otp",
      "email",
      "recovery-code",
    ]);
    expect(factors).toHaveLength(8);
    expect(await guardian.factors.set("sms", { enabled: false })).toEqual({ enabled: false });
    expect(bench.tenant.settings.factors.phone).toBe(false);
  });

  test("reads and sets message types, providers and templates, by their newer and their older names", async () => {
    const bench = createManagementBench();
    const { phone, sms } = clientOf(bench).guardian.factors;
    expect(await phone.getMessageTypes()).toEqual({ message_types: ["sms", "voice"] });
    expect(await phone.setMessageTypes({ message_types: ["sms"] })).toEqual({ message_types: ["sms"] });
    expect(await phone.getSelectedProvider()).toEqual({ provider: "twilio" });
    expect(await phone.setProvider({ provider: "phone-message-hook" })).toEqual({ provider: "phone-message-hook" });
    expect(await sms.getSelectedProvider()).toEqual({ provider: "phone-message-hook" });
    expect(await sms.setProvider({ provider: "twilio" })).toEqual({ provider: "twilio" });
    const words = { enrollment_message: "{{code}} enrolls", verification_message: "{{code}} proves" };
    expect(await phone.setTemplates(words)).toEqual(words);
    expect(await sms.getTemplates()).toEqual(words);
  });

  test("sets an account at Twilio and never gets its token back", async () => {
    const bench = createManagementBench();
    const { phone, sms } = clientOf(bench).guardian.factors;
    const account = { from: "+12025550111", sid: "AC1" };
    const told = { ...account, messaging_service_sid: null };
    expect(await phone.setTwilioProvider({ ...account, auth_token: "very-secret" })).toEqual(told);
    expect(await phone.getTwilioProvider()).toEqual(told);
    expect(await sms.getTwilioProvider()).toEqual(told);
    expect(bench.tenant.settings.twilio.authToken).toBe("very-secret");
  });

  test("reads and sets each policy", async () => {
    const { policies } = clientOf(createManagementBench()).guardian;
    expect(await policies.list()).toEqual([]);
    expect(await policies.set(["all-applications"])).toEqual(["all-applications"]);
    expect(await policies.set(["confidence-score"])).toEqual(["confidence-score"]);
    expect(await policies.list()).toEqual(["confidence-score"]);
    expect(await policies.set([])).toEqual([]);
  });

  test("reads who carries messages, and that there is no mail provider", async () => {
    const bench = createManagementBench();
    const { branding, emails } = clientOf(bench);
    expect(await branding.phone.providers.list()).toEqual({ providers: [] });
    bench.tenant.settings.unifiedPhoneProvider = "twilio";
    const { providers = [] } = await branding.phone.providers.list();
    expect(providers).toMatchObject([{ name: "twilio", channel: "phone", disabled: false }]);
    expect(JSON.stringify(providers)).not.toContain(bench.tenant.settings.twilio.authToken);
    expect(await emails.provider.get()).toMatchObject({ name: "smtp", enabled: true });
    bench.tenant.settings.emailProvider = "none";
    const { statusCode, body } = await refusal(emails.provider.get());
    expect([statusCode, body]).toMatchObject([404, { errorCode: "inexistent_email_provider" }]);
  });

  test("reads and changes an application, without its secret", async () => {
    const { clients } = clientOf(createManagementBench());
    const client = await clients.get(DEMO);
    expect(client).toMatchObject({ client_id: DEMO, is_first_party: true, callbacks: [CALLBACK] });
    expect(client.token_endpoint_auth_method).toBe("client_secret_post");
    expect(JSON.stringify(client)).not.toMatch(/secret"/);
    expect(await clients.get(DEMO, { fields: "name,callbacks" })).toEqual({
      name: "Account page",
      callbacks: [CALLBACK],
    });
    const changed = await clients.update(DEMO, { grant_types: ["password"], callbacks: [] });
    expect(changed).toMatchObject({ grant_types: ["password"], callbacks: [] });
    expect((await refusal(clients.get("nobody"))).statusCode).toBe(404);
  });

  test("lists connections and which applications they are enabled for, and enables one", async () => {
    const { clients, connections } = clientOf(createManagementBench());
    const names: (string | undefined)[] = [];
    for await (const { name } of await connections.list({ take: 1 })) names.push(name);
    expect(names).toEqual([DATABASE, "google-oauth2"]);
    const [database] = (await connections.list({ name: DATABASE })).data;
    const id = database?.id ?? "";
    expect(await connections.get(id)).toMatchObject({ name: DATABASE, strategy: "auth0" });
    expect((await connections.clients.get(id)).data).toEqual([{ client_id: DEMO }]);
    await connections.clients.update(id, [{ client_id: DEMO, status: false }]);
    expect((await clients.connections.get(DEMO)).data).toEqual([]);
    await connections.clients.update(id, [{ client_id: DEMO, status: true }]);
    expect((await clients.connections.get(DEMO)).data).toMatchObject([{ id, name: DATABASE }]);
  });

  test("reads and changes the tenant's settings", async () => {
    const { tenants } = clientOf(createManagementBench());
    expect(await tenants.settings.get()).toMatchObject({
      default_directory: DATABASE,
      customize_mfa_in_postlogin_action: false,
    });
    const changed = await tenants.settings.update({ default_directory: "", customize_mfa_in_postlogin_action: true });
    expect(changed).toMatchObject({ default_directory: "", customize_mfa_in_postlogin_action: true });
    expect(await tenants.settings.get({ fields: "default_directory" })).toEqual({ default_directory: "" });
  });

  test("lists what applications may ask in their own name", async () => {
    const { clientGrants } = clientOf(createManagementBench());
    const { data } = await clientGrants.list({ client_id: "mfa-enroll-management" });
    expect(data).toMatchObject([{ client_id: "mfa-enroll-management", scope: ["update:users"] }]);
    expect((await clientGrants.list({ audience: "https://other.test/" })).data).toEqual([]);
  });

  test("lists what somebody has confirmed, a phone once, and removes it", async () => {
    const bench = createManagementBench(["read:authentication_methods", "delete:authentication_methods"]);
    const { authenticationMethods } = clientOf(bench).users;
    const { data } = await authenticationMethods.list("auth0|kim");
    expect(data.map(({ type }) => type)).toEqual(["phone", "recovery-code"]);
    const [phone] = data;
    expect(phone).toMatchObject({ confirmed: true, phone_number: "+12025550123" });
    expect(phone?.authentication_methods?.map(({ type }) => type)).toEqual(["sms", "voice"]);
    await authenticationMethods.delete("auth0|kim", phone?.id ?? "");
    expect((await authenticationMethods.list("auth0|kim")).data).toEqual([]);
    await bench.associate(await bench.mfaToken("robin@example.com"), ENROLL.sms);
    expect((await authenticationMethods.list("auth0|robin")).data).toEqual([]);
    const { statusCode, body } = await refusal(authenticationMethods.list("auth0|nobody"));
    expect([statusCode, body]).toMatchObject([404, { errorCode: "inexistent_user" }]);
    expect((await refusal(authenticationMethods.delete("auth0|kim", "phone|dev_no"))).statusCode).toBe(404);
  });

  test("regenerates a recovery code", async () => {
    const { users } = clientOf(createManagementBench(["update:users"]));
    expect((await users.regenerateRecoveryCode("auth0|kim")).recovery_code).toMatch(/^[A-Z0-9]{24}$/);
  });

  test("tells a wrong secret, a missing scope, too many calls and a body that is wrong by its errors", async () => {
    const bench = createManagementBench(["read:clients", "update:guardian_factors"]);
    expect((await refusal(clientOf(bench, "wrong").clients.get(DEMO))).statusCode).toBe(401);
    const client = clientOf(bench);
    const scope = await refusal(client.tenants.settings.get());
    expect([scope.statusCode, scope.body]).toMatchObject([403, { errorCode: "insufficient_scope" }]);
    const body = await refusal(client.guardian.factors.phone.setMessageTypes({ message_types: [] }));
    expect([body.statusCode, body.body]).toMatchObject([400, { errorCode: "invalid_body" }]);
    bench.tenant.settings.limits.management = { burst: 0, refillSeconds: 1 };
    const limit = await refusal(client.clients.get(DEMO));
    expect([limit.statusCode, limit.body]).toMatchObject([429, { errorCode: "too_many_requests" }]);
  });
});
