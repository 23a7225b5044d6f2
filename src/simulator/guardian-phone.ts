import { readChoice, readText, readTexts, refuseOthers, required } from "./management-body.ts";
import type { ManagementCall } from "./management-call.ts";
import { invalidBody } from "./management-refusal.ts";
import type { Parameters } from "./request-body.ts";
import type { Settings } from "./settings.ts";

const TWILIO = { from: "from", messagingServiceSid: "messaging_service_sid", sid: "sid" } as const;

/** Makes the pair of calls that read and set one thing; after a PUT the answer is what a GET would say. */
function readAndSet(
  path: string,
  read: (settings: Settings) => unknown,
  set: (settings: Settings, body: Parameters) => void,
): readonly ManagementCall[] {
  return [
    {
      method: "GET",
      path,
      scopes: ["read:guardian_factors"],
      answer: ({ settings }) => ({ status: 200, body: read(settings) }),
    },
    {
      method: "PUT",
      path,
      scopes: ["update:guardian_factors"],
      answer({ settings }, { body }) {
        set(settings, body);
        return { status: 200, body: read(settings) };
      },
    },
  ];
}

function readMessageTypes({ phoneMessageTypes: { sms, voice } }: Settings): unknown {
  return { message_types: [...(sms ? ["sms"] : []), ...(voice ? ["voice"] : [])] };
}

function setMessageTypes(settings: Settings, body: Parameters): void {
  refuseOthers(body, ["message_types"]);
  const types = required(readTexts(body, "message_types"), "message_types");
  const unknown = types.find((type) => type !== "sms" && type !== "voice");
  if (unknown !== undefined) throw invalidBody(`No enum match for: ${unknown} on property message_types`);
  if (types.length === 0) throw invalidBody("Array is too short (0), minimum 1 on property message_types");
  settings.phoneMessageTypes = { sms: types.includes("sms"), voice: types.includes("voice") };
}

function readProvider({ phoneProvider }: Settings): unknown {
  return phoneProvider === "none" ? {} : { provider: phoneProvider };
}

function setProvider(settings: Settings, body: Parameters): void {
  refuseOthers(body, ["provider"]);
  const provider = readChoice(body, "provider", ["auth0", "twilio", "phone-message-hook"]);
  settings.phoneProvider = required(provider, "provider");
}

/** The token of the account is taken and never given back. */
function readTwilio({ twilio }: Settings): unknown {
  return Object.fromEntries(
    Object.entries(TWILIO).map(([own, name]) => [
      name,
      Reflect.get(twilio, own) === "" ? null : Reflect.get(twilio, own),
    ]),
  );
}

function setTwilio(settings: Settings, body: Parameters): void {
  refuseOthers(body, [...Object.values(TWILIO), "auth_token"]);
  const { twilio } = settings;
  settings.twilio = {
    from: readText(body, "from") ?? twilio.from,
    messagingServiceSid: readText(body, "messaging_service_sid") ?? twilio.messagingServiceSid,
    sid: readText(body, "sid") ?? twilio.sid,
    authToken: readText(body, "auth_token") ?? twilio.authToken,
  };
}

function readTemplates({ phoneTemplates: { enrollment, verification } }: Settings): unknown {
  return { enrollment_message: enrollment, verification_message: verification };
}

function setTemplates(settings: Settings, body: Parameters): void {
  refuseOthers(body, ["enrollment_message", "verification_message"]);
  settings.phoneTemplates = {
    enrollment: required(readText(body, "enrollment_message"), "enrollment_message"),
    verification: required(readText(body, "verification_message"), "verification_message"),
  };
}

/** The calls about texts and calls; those under `sms` are the older names of the same things. */
export const GUARDIAN_PHONE: readonly ManagementCall[] = [
  ...readAndSet("/guardian/factors/phone/message-types", readMessageTypes, setMessageTypes),
  ...["phone", "sms"].flatMap((factor) => [
    ...readAndSet(`/guardian/factors/${factor}/selected-provider`, readProvider, setProvider),
    ...readAndSet(`/guardian/factors/${factor}/providers/twilio`, readTwilio, setTwilio),
    ...readAndSet(`/guardian/factors/${factor}/templates`, readTemplates, setTemplates),
  ]),
];
