import { clean } from "../clean.ts";
import { type Finding, ok } from "../finding.ts";
import type { Ours } from "../ours.ts";
import type { TenantView } from "../tenant-view.ts";

/** Looks at the tenant's address: whether it answers, by the name that it is called by here, and what its MFA API is called. */
export function checkDiscovery({ discovery }: Pick<TenantView, "discovery">, ours: Ours): Finding[] {
  const { issuer } = ours.tenant;
  if (discovery.is === "unseen") {
    return [
      {
        id: "tenant-unreachable",
        level: "fail",
        title: "Tenant",
        saw: `${issuer}.well-known/openid-configuration: ${discovery.why}`,
        why: "Nobody can sign in at a tenant that cannot be reached, so nobody can enroll.",
        mend: {
          here: "Mend AUTH0_DOMAIN, or let this machine reach that host.",
          dashboard: "Applications > Applications > your application > Settings > Domain shows the right name",
        },
      },
    ];
  }
  const told = discovery.value.issuer;
  const issuerFinding: Finding =
    told === issuer
      ? ok("tenant", "Tenant", `${issuer} answers and calls itself by this name`)
      : {
          id: "issuer-differs",
          level: "fail",
          title: "Tenant's name",
          saw: `AUTH0_DOMAIN makes it ${issuer}, but the tenant calls itself ${clean(told)}.`,
          why: "Tokens are made out in the tenant's own name; the server refuses those of another one, so every sign-in fails.",
          mend: { here: `Set AUTH0_DOMAIN to ${clean(told).replace(/\/$/, "")}.` },
        };
  return [issuerFinding, mfaAudience(ours)];
}

/** Auth0 knows its MFA API by one name in each tenant, with the slash; which host it names with a custom domain is not settled. */
function mfaAudience({ tenant, managementBase }: Ours): Finding {
  const { issuer, mfaAudience } = tenant;
  const canonical = managementBase.replace(/api\/v2\/$/, "");
  const title = "MFA API's name";
  const hosts = [issuer, canonical];
  if (!hosts.some((host) => mfaAudience === `${host}mfa/`)) {
    return {
      id: "mfa-audience-differs",
      level: "fail",
      title,
      saw: `AUTH0_MFA_AUDIENCE is ${clean(mfaAudience)}, which is not ${hosts.map((host) => `${host}mfa/`).join(" or ")}.`,
      why: "The tenant gives tokens for its MFA API by this name alone, the slash at the end included; without one nobody can enroll.",
      mend: { here: `Leave AUTH0_MFA_AUDIENCE out, or set it to ${canonical}mfa/.` },
    };
  }
  const isCustom = canonical !== issuer;
  const custom = isCustom
    ? `; as AUTH0_MANAGEMENT_AUDIENCE says, ${new URL(issuer).host} is a custom domain of ${new URL(canonical).host}`
    : "";
  return ok("mfa-audience", title, `${mfaAudience}${custom}`);
}
