import { clean } from "../clean.ts";
import { type Finding, notSeen, ok } from "../finding.ts";
import type { Ours } from "../ours.ts";
import type { TenantView } from "../tenant-view.ts";
import { FACTORS_PAGE } from "./factors.ts";

const TITLE = "When a factor is asked for";
const PAGE = `${FACTORS_PAGE} > Define policies > Require Multi-factor Auth`;

/** Looks at when the tenant asks for a second factor, which means different things to each way in. Nothing of it is ever changed here. */
export function checkPolicy({ policies, tenantWide }: TenantView, ours: Ours): Finding[] {
  if (tenantWide.is === "seen" && tenantWide.value?.customize_mfa_in_postlogin_action === true)
    return [customized(ours)];
  const actions =
    tenantWide.is === "unseen" ? [notSeen("policy-actions", "MFA decided by Actions", tenantWide.why)] : [];
  if (policies.is === "unseen") return [...actions, notSeen("policy", TITLE, policies.why)];
  return [...actions, policyFinding(policies.value ?? [], ours)];
}

function policyFinding(policies: readonly string[], { signInWays }: Ours): Finding {
  if (policies.length === 0) {
    // With both ways in the one that "always" would spoil decides: people still enroll by either.
    return !signInWays.includes("redirect")
      ? {
          id: "policy-never",
          level: "warn",
          title: TITLE,
          saw: "Never, and MFA_SIGN_IN allows the password way in alone.",
          why: "A sign-in by password for your own API never answers with an mfa_token: a page that begins enrollment with one cannot begin, and a method that somebody enrolled is never asked for. The server here asks for a token of the MFA API instead, which still works.",
          mend: {
            dashboard: `${PAGE}: Always`,
            api: 'PUT /api/v2/guardian/policies ["all-applications"] (asks everybody, in every application of the tenant)',
          },
        }
      : ok("policy", TITLE, "Never: people enroll here by themselves, which is what the redirect way in wants");
  }
  if (policies.includes("all-applications")) {
    return signInWays.includes("redirect")
      ? {
          id: "policy-always",
          level: "warn",
          title: TITLE,
          saw: "Always, and MFA_SIGN_IN allows the redirect way in.",
          why: "Auth0's own page enrolls everybody who has nothing yet, before they arrive here: the first method is never added in this wizard.",
          mend: {
            dashboard: `${PAGE}: Never, where people shall add their first method here`,
            api: "PUT /api/v2/guardian/policies [] (asks nobody any more by itself, in no application of the tenant)",
          },
        }
      : ok("policy", TITLE, "Always: a sign-in by password answers with an mfa_token, by which enrollment begins");
  }
  return ok("policy", TITLE, `${policies.map(clean).join(", ")}: left as it is`);
}

function customized({ signInWays }: Ours): Finding {
  const isPassword = signInWays.includes("password");
  return {
    id: "policy-customized",
    level: isPassword ? "fail" : "warn",
    title: TITLE,
    saw: "Actions decide it (customize_mfa_in_postlogin_action is on), and the policy is ignored.",
    why: isPassword
      ? "Where an Action asks for MFA, a sign-in by password says mfa_required without the mfa_token, and nobody can go on."
      : "Whether people are asked, or enrolled by Auth0's own page before they arrive, depends on code that cannot be seen here.",
    mend: {
      dashboard: `${FACTORS_PAGE} > Additional Settings > Customize MFA Factors using Actions`,
      here: isPassword
        ? "Or use the redirect way in: MFA_SIGN_IN=redirect."
        : "Read your post-login Actions for challengeWith and enrollWith.",
    },
  };
}
