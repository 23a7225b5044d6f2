import { type Finding, notSeen, ok } from "../finding.ts";
import type { Ours } from "../ours.ts";
import { READ_SCOPES } from "../scopes.ts";
import type { TenantView } from "../tenant-view.ts";

/** The way to what an application may ask of the Management API. */
const GRANTS = "Applications > APIs > Auth0 Management API > Machine to Machine Applications";

/** Looks at the doctor's own token: whether there is one, and each scope that it lacks. */
export function checkAccess({ access }: TenantView, ours: Ours): Finding[] {
  const title = "Management token";
  if (access.is === "unseen") {
    return [
      {
        id: "management-token",
        level: "fail",
        title,
        saw: access.why,
        why: "Without it the tenant's settings cannot be seen; what stands below was seen without it.",
        mend: {
          here: `Set AUTH0_DOCTOR_CLIENT_ID and AUTH0_DOCTOR_CLIENT_SECRET, or AUTH0_DOCTOR_TOKEN${customDomain(ours)}.`,
          dashboard: `${GRANTS}: switch the doctor's application on with the scopes ${READ_SCOPES.join(" ")}`,
        },
      },
    ];
  }
  const { scopes } = access.value;
  if (scopes === null) return [ok("management-token", title, "is taken; it does not tell its scopes")];
  const missing = READ_SCOPES.filter((scope) => !scopes.includes(scope));
  if (missing.length === 0) return [ok("management-token", title, "is taken and has every scope that reading needs")];
  return missing.map((scope): Finding => {
    return {
      id: `scope-missing-${scope.replace(":", "-").replaceAll("_", "-")}`,
      level: "warn",
      title: "Management token's scopes",
      saw: `The token lacks the scope ${scope}.`,
      why: "The checks that need it cannot see anything, and a fault there would go unnoticed.",
      mend: { dashboard: `${GRANTS} > the doctor's application > Permissions: add ${scope}` },
    };
  });
}

function customDomain({ managementBase, tenant }: Ours): string {
  return managementBase === `${tenant.issuer}api/v2/` && !new URL(tenant.issuer).hostname.endsWith(".auth0.com")
    ? "; where AUTH0_DOMAIN is a custom domain, set AUTH0_MANAGEMENT_AUDIENCE to the tenant's own https://TENANT.auth0.com/api/v2/"
    : "";
}

/** Looks at the credential that the server itself holds, and at the one for recovery codes where it is set. */
export function checkCredentials({ secret, application, recoveryAccess }: TenantView, ours: Ours): Finding[] {
  const known = application.is === "seen" ? application.value : undefined;
  // What is told of the application itself says why its secret is refused.
  const isExplained = known === null || known?.token_endpoint_auth_method === "none";
  return [
    ...(isExplained ? [] : [secretFinding(secret, ours)]),
    ...(recoveryAccess === null ? [] : [recoveryFinding(recoveryAccess)]),
  ];
}

function secretFinding(secret: TenantView["secret"], { tenant }: Ours): Finding {
  const title = "Server's client secret";
  if (secret.is === "unseen") return notSeen("client-secret", title, secret.why);
  if (secret.value === "taken") return ok("client-secret", title, `the tenant takes it for ${tenant.clientId}`);
  return {
    id: "client-secret-wrong",
    level: "fail",
    title,
    saw: `The tenant does not take AUTH0_CLIENT_SECRET for ${tenant.clientId}: ${secret.value.refused}.`,
    why: "Every sign-in and every code goes through a call with this secret, so all of them fail.",
    mend: {
      here: "Set AUTH0_CLIENT_ID and AUTH0_CLIENT_SECRET as the dashboard shows them.",
      dashboard: "Applications > Applications > your application > Settings > Client Secret",
    },
  };
}

function recoveryFinding(access: NonNullable<TenantView["recoveryAccess"]>): Finding {
  const title = "Recovery codes' credential";
  if (access.is === "seen") return ok("recovery-credential", title, "is taken, with update:users");
  return {
    id: "recovery-credential",
    level: "warn",
    title,
    saw: `AUTH0_MANAGEMENT_CLIENT_ID gets no token with update:users: ${access.why}`,
    why: "People can enroll, but somebody who loses a recovery code cannot get a new one here.",
    mend: {
      dashboard: `${GRANTS}: switch that application on with update:users`,
      here: "Or leave both variables out.",
    },
  };
}
