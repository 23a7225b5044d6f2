import type { ManagementCall } from "./management-call.ts";
import { invalidBody } from "./management-refusal.ts";
import type { Settings } from "./settings.ts";

function policiesOf({ policy, adaptivePolicy }: Settings): readonly string[] {
  if (policy === "always") return ["all-applications"];
  return adaptivePolicy ? ["confidence-score"] : [];
}

const readPolicies: ManagementCall = {
  method: "GET",
  path: "/guardian/policies",
  scopes: ["read:mfa_policies"],
  answer: ({ settings }) => ({ status: 200, body: policiesOf(settings) }),
};

const setPolicies: ManagementCall = {
  method: "PUT",
  path: "/guardian/policies",
  scopes: ["update:mfa_policies"],
  takesList: true,
  answer({ settings }, { list }) {
    const [policy, ...more] = list;
    if (more.length > 0) throw invalidBody(`Array is too long (${list.length}), maximum 1`);
    if (policy !== undefined && policy !== "all-applications" && policy !== "confidence-score")
      throw invalidBody(`No enum match for: ${JSON.stringify(policy)}`);
    settings.policy = policy === "all-applications" ? "always" : "never";
    settings.adaptivePolicy = policy === "confidence-score";
    return { status: 200, body: policiesOf(settings) };
  },
};

/** The calls about when a second factor is asked for; an empty list means never. */
export const GUARDIAN_POLICIES: readonly ManagementCall[] = [readPolicies, setPolicies];
