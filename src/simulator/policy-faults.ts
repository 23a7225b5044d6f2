import { byPassword, byRedirect, type SetupFault } from "./setup-fault.ts";

/** Without a policy a password never leads to an `mfa_token`, which those need who enroll with one. */
const policyNever: SetupFault = {
  id: "policy-never",
  touches: ["policy"],
  matters: (wayIn) => byPassword(wayIn) && !byRedirect(wayIn),
  isThere: ({ settings }) => settings.policy === "never",
  plant: ({ settings }) => {
    settings.policy = "never";
  },
};

/** With a policy the tenant's own page enrolls people before they ever see the application's. */
const policyAlways: SetupFault = {
  id: "policy-always",
  touches: ["policy"],
  matters: (wayIn) => byRedirect(wayIn) && !byPassword(wayIn),
  isThere: ({ settings }) => settings.policy === "always",
  plant: ({ settings }) => {
    settings.policy = "always";
  },
};

const policyCustomized: SetupFault = {
  id: "policy-customized",
  touches: ["policy"],
  isThere: ({ settings }) => settings.customizeMfaInAction,
  plant: ({ settings }) => {
    settings.customizeMfaInAction = true;
  },
};

/** Mistakes about when a second factor is asked for. */
export const POLICY_FAULTS: readonly SetupFault[] = [policyNever, policyAlways, policyCustomized];
