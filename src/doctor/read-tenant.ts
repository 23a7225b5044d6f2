import * as z from "zod/mini";
import { APPLICATION_FIELDS } from "./change-application.ts";
import type { Doors } from "./doors.ts";
import { type Access, createManagement, type Management } from "./management-calls.ts";
import type { Ours } from "./ours.ts";
import { readRecoveryAccess, readSecret } from "./read-basics.ts";
import { readConnections } from "./read-connections.ts";
import { type Seen, seen } from "./seen.ts";
import type { TenantView } from "./tenant-view.ts";

const text = z.optional(z.nullable(z.string()));
const texts = z.optional(z.array(z.string()));
const applicationSchema = z.object({
  name: z.optional(z.string()),
  is_first_party: z.optional(z.boolean()),
  token_endpoint_auth_method: text,
  grant_types: texts,
  callbacks: texts,
  allowed_logout_urls: texts,
});
const tenantWideSchema = z.object({
  default_directory: text,
  customize_mfa_in_postlogin_action: z.optional(z.boolean()),
});
const factorsSchema = z.array(z.object({ name: z.string(), enabled: z.boolean() }));
const messageTypesSchema = z.object({ message_types: texts });
const chosenSchema = z.object({ provider: text });
const twilioSchema = z.object({ sid: text, from: text, messaging_service_sid: text });
const providersSchema = z.object({
  providers: z.optional(z.array(z.object({ name: z.string(), disabled: z.optional(z.boolean()) }))),
});
const emailSchema = z.object({ name: z.string(), enabled: z.optional(z.boolean()) });

const FACTORS = "read:guardian_factors";

/** Reads everything that the checks look at, one call after another. Nothing is changed. */
export async function readTenant(
  doors: Doors,
  ours: Ours,
  access: Seen<Access>,
): Promise<Omit<TenantView, "discovery">> {
  const management = createManagement(doors, ours.managementBase, access);
  const { read } = management;
  const view = {
    secret: await readSecret(doors, ours),
    recoveryAccess: await readRecoveryAccess(doors, ours),
    application: await read({
      path: `clients/${encodeURIComponent(ours.tenant.clientId)}?fields=${APPLICATION_FIELDS}&include_fields=true`,
      scope: "read:clients",
      schema: applicationSchema,
    }),
    tenantWide: await read({ path: "tenants/settings", scope: "read:tenant_settings", schema: tenantWideSchema }),
    connections: await readConnections(management, ours.tenant.clientId),
    factors: await read({ path: "guardian/factors", scope: FACTORS, schema: factorsSchema }),
    messageTypes: map(
      await read({ path: "guardian/factors/phone/message-types", scope: FACTORS, schema: messageTypesSchema }),
      (told) => told?.message_types ?? [],
    ),
    ...(await readPhoneProvider(management)),
    phoneProviders: map(
      await read({ path: "branding/phone/providers", scope: "read:phone_providers", schema: providersSchema }),
      (told) => told?.providers ?? [],
    ),
    emailProvider: await read({ path: "emails/provider", scope: "read:email_provider", schema: emailSchema }),
    policies: await read({ path: "guardian/policies", scope: "read:mfa_policies", schema: z.array(z.string()) }),
  };
  return { ...view, access: management.access() };
}

async function readPhoneProvider({ read }: Management): Promise<Pick<TenantView, "phoneProvider" | "twilio">> {
  const path = "guardian/factors/phone/selected-provider";
  const phoneProvider = map(
    await read({ path, scope: FACTORS, schema: chosenSchema }),
    (told) => told?.provider ?? null,
  );
  if (phoneProvider.is === "unseen" || phoneProvider.value !== "twilio") return { phoneProvider, twilio: null };
  const twilio = await read({ path: "guardian/factors/phone/providers/twilio", scope: FACTORS, schema: twilioSchema });
  // Its token is not read: the account and who the message is from tell whether it was set up.
  const isSetUp = map(twilio, (told) => Boolean(told?.sid) && Boolean(told?.from || told?.messaging_service_sid));
  return { phoneProvider, twilio: isSetUp };
}

function map<T, U>(told: Seen<T>, to: (value: T) => U): Seen<U> {
  return told.is === "seen" ? seen(to(told.value)) : told;
}
