import { servesAny } from "../../contract/phone-policy.ts";
import { addTo } from "../change.ts";
import { clean } from "../clean.ts";
import { type Finding, notSeen, ok } from "../finding.ts";
import type { Ours } from "../ours.ts";
import type { TenantView } from "../tenant-view.ts";
import { FACTORS_PAGE } from "./factors.ts";

const PHONE_PAGE = `${FACTORS_PAGE} > Phone Message`;
const MESSAGES = "guardian/factors/phone/message-types";

/** Looks at how codes reach a phone: which kinds of message are on, and who delivers them. */
export function checkPhone(view: TenantView, ours: Ours): Finding[] {
  const offered = (["sms", "voice"] as const).filter(
    (channel) => ours.channels.includes(channel) && servesAny(ours.phonePolicy[channel]),
  );
  if (offered.length === 0) return [ok("phone", "Messages to phones", "not offered here")];
  return [...messageFindings(view, offered), ...providerFindings(view, offered)];
}

function messageFindings({ messageTypes }: TenantView, offered: readonly ("sms" | "voice")[]): Finding[] {
  const title = "Kinds of phone message";
  if (messageTypes.is === "unseen") return [notSeen("message-types", title, messageTypes.why)];
  const on = messageTypes.value ?? [];
  const missing = offered.filter((channel) => !on.includes(channel));
  if (missing.length === 0) return [ok("message-types", title, `${on.map(clean).join(", ")} are on`)];
  return missing.map((channel): Finding => {
    const where = {
      says: `let the tenant ${channel === "sms" ? "text codes" : "call with codes"}`,
      read: { path: MESSAGES, scope: "read:guardian_factors" },
      write: { method: "PUT", path: MESSAGES, scope: "update:guardian_factors" },
    } as const;
    return {
      id: `message-types-without-${channel}`,
      level: "fail",
      title,
      saw: `MFA_CHANNELS offers ${channel}, and the tenant sends ${on.map(clean).join(", ") || "nothing"} alone.`,
      why: `Whoever chooses a ${channel === "sms" ? "text" : "call"} is refused after typing their number.`,
      mend: {
        dashboard: `${PHONE_PAGE} > delivery method: ${channel === "sms" ? "SMS" : "Voice"}`,
        here: `Or take ${channel} out of MFA_CHANNELS.`,
      },
      changes: [addTo(where, "message_types", { found: on, words: [channel] })],
    };
  });
}

function providerFindings(
  { phoneProvider, phoneProviders, twilio }: TenantView,
  offered: readonly ("sms" | "voice")[],
): Finding[] {
  const title = "Delivery of phone messages";
  // Tenants created since March 2025 have one provider for everything; it alone is enough.
  const unified = phoneProviders.is === "seen" ? (phoneProviders.value ?? []).find(({ disabled }) => !disabled) : null;
  if (unified) return [ok("phone-provider", title, `${clean(unified.name)}, the tenant's phone provider`)];
  if (phoneProvider.is === "unseen") return [notSeen("phone-provider", title, phoneProvider.why)];
  if (
    phoneProviders.is === "unseen" &&
    phoneProvider.value !== "twilio" &&
    phoneProvider.value !== "phone-message-hook"
  )
    return [notSeen("phone-provider", title, phoneProviders.why)];
  const mend = {
    dashboard: `Branding > Phone Provider (older tenants: ${PHONE_PAGE}): set up Twilio or a custom provider`,
    api: `PUT /api/v2/guardian/factors/phone/providers/twilio {"sid":"…","auth_token":"…","messaging_service_sid":"…"}, then PUT /api/v2/guardian/factors/phone/selected-provider {"provider":"twilio"}`,
  };
  switch (phoneProvider.value) {
    case null:
    case "":
      return [providerFault("phone-provider-none", "fail", "The tenant has nobody who delivers texts or calls.", mend)];
    case "auth0": {
      const calls = offered.includes("voice") ? ", and no calls at all" : "";
      const saw = `Auth0's own delivery is chosen, which is for trials: 100 texts in the tenant's whole life${calls}.`;
      return [providerFault("phone-provider-trial", "warn", saw, mend)];
    }
    case "twilio":
      if (twilio?.is === "unseen") return [notSeen("phone-provider", title, twilio.why)];
      return twilio?.value === false
        ? [
            providerFault(
              "phone-provider-none",
              "fail",
              "Twilio is chosen, and it does not know which account pays or who the message is from.",
              mend,
            ),
          ]
        : [ok("phone-provider", title, "Twilio, which is set up")];
    case "phone-message-hook":
      return [ok("phone-provider", title, "an Action of yours sends them; whether it is deployed cannot be seen here")];
    default:
      return [ok("phone-provider", title, `${clean(phoneProvider.value)}, which is not known here`)];
  }
}

function providerFault(id: string, level: "warn" | "fail", saw: string, mend: Finding["mend"]): Finding {
  const why =
    level === "fail"
      ? "Nobody gets a code on the phone, so no phone can be added."
      : "One day, without any change here, no more codes arrive.";
  return { id, level, title: "Delivery of phone messages", saw, why, mend };
}
