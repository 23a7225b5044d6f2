import { hasPhoneProvider } from "./phone-provider.ts";
import type { SetupFault } from "./setup-fault.ts";

function messageTypesWithout(type: "sms" | "voice"): SetupFault {
  return {
    id: `message-types-without-${type}`,
    touches: ["message-types"],
    isThere: ({ settings }) => !settings.phoneMessageTypes[type],
    plant: ({ settings }) => {
      settings.phoneMessageTypes[type] = false;
    },
  };
}

const phoneProviderNone: SetupFault = {
  id: "phone-provider-none",
  touches: ["phone-provider"],
  isThere: ({ settings }) => !hasPhoneProvider(settings),
  plant: ({ settings }) => {
    settings.phoneProvider = "none";
    settings.unifiedPhoneProvider = "none";
  },
};

const phoneProviderTrial: SetupFault = {
  id: "phone-provider-trial",
  touches: ["phone-provider"],
  isThere: ({ settings }) => settings.phoneProvider === "auth0" && settings.unifiedPhoneProvider === "none",
  plant: ({ settings }) => {
    settings.phoneProvider = "auth0";
    settings.unifiedPhoneProvider = "none";
  },
};

const emailProviderNone: SetupFault = {
  id: "email-provider-none",
  touches: ["email-provider"],
  isThere: ({ settings }) => settings.emailProvider === "none",
  plant: ({ settings }) => {
    settings.emailProvider = "none";
  },
};

/** Mistakes about who carries messages, and which. */
export const MESSAGE_FAULTS: readonly SetupFault[] = [
  messageTypesWithout("sms"),
  messageTypesWithout("voice"),
  phoneProviderNone,
  phoneProviderTrial,
  emailProviderNone,
];
