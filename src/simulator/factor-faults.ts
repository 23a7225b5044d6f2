import type { Settings } from "./settings.ts";
import type { SetupFault } from "./setup-fault.ts";

function factorOff(name: string, factor: keyof Settings["factors"], touches: string): SetupFault {
  return {
    id: `factor-${name}-off`,
    touches: [touches],
    isThere: ({ settings }) => !settings.factors[factor],
    plant: ({ settings }) => {
      settings.factors[factor] = false;
    },
  };
}

/** Mail is on and nothing that it depends on is, which the API lets happen and the dashboard does not. */
const emailOnly: SetupFault = {
  id: "email-only",
  touches: ["sms", "app", "email"],
  isThere: ({ settings: { factors } }) => factors.email && !factors.phone && !factors.otp && !factors.push,
  plant: ({ settings }) => {
    Object.assign(settings.factors, { email: true, phone: false, otp: false, push: false });
  },
};

/** Mistakes about factors. The two kinds of app are one thing here, or mail could end up alone without anybody meaning it. */
export const FACTOR_FAULTS: readonly SetupFault[] = [
  factorOff("sms", "phone", "sms"),
  factorOff("email", "email", "email"),
  factorOff("otp", "otp", "app"),
  factorOff("push", "push", "app"),
  factorOff("recovery-code", "recoveryCode", "recovery-code"),
  emailOnly,
];
