import type { ManagementCall } from "./management-call.ts";
import { ManagementRefusal } from "./management-refusal.ts";
import { FIELDS, pickFields } from "./management-rows.ts";

const phoneProviders: ManagementCall = {
  method: "GET",
  path: "/branding/phone/providers",
  scopes: ["read:phone_providers"],
  query: ["disabled"],
  answer({ settings, issuer }, { query }) {
    const { unifiedPhoneProvider: name, twilio } = settings;
    if (name === "none" || query.get("disabled") === "true") return { status: 200, body: { providers: [] } };
    const delivery_methods = ["text", "voice"];
    const configuration =
      name === "twilio" ? { sid: twilio.sid, default_from: twilio.from, delivery_methods } : { delivery_methods };
    const tenant = new URL(issuer).hostname;
    const provider = { id: "pro_Mf4EnrollProviders", tenant, name, channel: "phone", disabled: false, configuration };
    return { status: 200, body: { providers: [provider] } };
  },
};

const emailProvider: ManagementCall = {
  method: "GET",
  path: "/emails/provider",
  scopes: ["read:email_provider"],
  query: FIELDS,
  answer({ settings }, { query }) {
    const { emailProvider: name } = settings;
    // Auth0's own carrier is none of the tenant's.
    if (name === "none") {
      throw new ManagementRefusal(404, "inexistent_email_provider", "There is not a configured email provider");
    }
    const body = { name, enabled: true, default_from_address: "no-reply@example.com" };
    return { status: 200, body: pickFields(query, body) };
  },
};

/** The calls that say who carries messages: the one phone provider of newer tenants, and the tenant's own mail provider. */
export const MESSAGE_PROVIDERS: readonly ManagementCall[] = [phoneProviders, emailProvider];
