import type { Settings } from "./settings.ts";

/** A part of the settings, however deep. */
export type SettingsPatch = {
  readonly [K in keyof Settings]?: Settings[K] extends object ? Partial<Settings[K]> : Settings[K];
};

/** The words a switch may hold; a switch not listed here takes any value of its default's type. */
const CHOICES: Readonly<Record<string, readonly string[]>> = {
  policy: ["never", "always"],
  phoneProvider: ["none", "auth0", "twilio", "phone-message-hook"],
  unifiedPhoneProvider: ["none", "twilio", "custom"],
  withoutPhoneProvider: ["refused", "undelivered"],
  emailProvider: ["none", "smtp"],
  usedMfaToken: ["stays", "refused"],
  oobCodeBinding: ["credential", "person"],
  deadOobCode: ["invalidCode", "expired"],
  lockedOut: ["tooMany", "stillInvalid"],
  recoveryCodeAfterLastDelete: ["inactive", "kept", "deleted"],
  pushRejected: ["recorded", "documented"],
  notEnrolledAtChallenge: ["unsupportedChallengeType", "associationRequired"],
  wrongClientSecret: ["invalidClient", "accessDenied"],
};

/**
 * Changes settings in place and refuses, before anything changed, a name that does not exist or a value of another kind.
 * @throws {RangeError} naming the first member at fault.
 */
export function changeSettings(settings: Settings, patch: unknown): void {
  merge(settings, patch, "", false);
  merge(settings, patch, "", true);
}

function merge(target: object, patch: unknown, path: string, write: boolean): void {
  if (!isRecord(patch)) throw new RangeError(`${path || "settings"} must be an object`);
  for (const [name, value] of Object.entries(patch)) {
    if (value === undefined) continue;
    const here = path === "" ? name : `${path}.${name}`;
    const held: unknown = Object.hasOwn(target, name) ? Reflect.get(target, name) : undefined;
    if (held === undefined) throw new RangeError(`${here} is not a setting`);
    if (isRecord(held)) {
      merge(held, value, here, write);
      continue;
    }
    if (typeof value !== typeof held) throw new RangeError(`${here} must be a ${typeof held}`);
    if (typeof value === "number" && !(value >= 0 && Number.isFinite(value))) {
      throw new RangeError(`${here} must be a number of zero or more`);
    }
    const choices = CHOICES[here];
    if (choices !== undefined && !(typeof value === "string" && choices.includes(value))) {
      throw new RangeError(`${here} must be one of ${choices.join(", ")}`);
    }
    if (write) Reflect.set(target, name, value);
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
