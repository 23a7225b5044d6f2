import { readSwitch, refuseOthers, required } from "./management-body.ts";
import type { ManagementCall } from "./management-call.ts";
import { ManagementRefusal } from "./management-refusal.ts";
import type { Settings } from "./settings.ts";

/** Names of the factors on the wire. Those without a switch are not imitated: they are off, and no plan has them. */
const FACTORS: Readonly<Record<string, keyof Settings["factors"] | null>> = {
  sms: "phone",
  "push-notification": "push",
  otp: "otp",
  email: "email",
  duo: null,
  "webauthn-roaming": null,
  "webauthn-platform": null,
  "recovery-code": "recoveryCode",
};

const listFactors: ManagementCall = {
  method: "GET",
  path: "/guardian/factors",
  scopes: ["read:guardian_factors"],
  answer({ settings }) {
    const body = Object.entries(FACTORS).map(([name, own]) => {
      return { name, enabled: own !== null && settings.factors[own], trial_expired: false };
    });
    return { status: 200, body };
  },
};

const setFactor: ManagementCall = {
  method: "PUT",
  path: "/guardian/factors/:name",
  scopes: ["update:guardian_factors"],
  answer({ settings }, { params, body }) {
    const name = params["name"] ?? "";
    const own = Object.hasOwn(FACTORS, name) ? FACTORS[name] : undefined;
    if (own === undefined) {
      const message = `Path validation error: 'No enum match for: ${name}' on property name (Factor name).`;
      throw new ManagementRefusal(400, "invalid_uri", message);
    }
    refuseOthers(body, ["enabled"]);
    const enabled = required(readSwitch(body, "enabled"), "enabled");
    if (enabled && (own === null || !settings.plan[own])) {
      const message = "Your subscription does not include this factor. Upgrade it to use the feature.";
      throw new ManagementRefusal(settings.statuses.factorOutsidePlan, "forbidden", message);
    }
    if (own !== null) settings.factors[own] = enabled;
    return { status: 200, body: { enabled } };
  },
};

/** The calls of `/guardian/factors` itself. */
export const GUARDIAN_FACTORS: readonly ManagementCall[] = [listFactors, setFactor];
