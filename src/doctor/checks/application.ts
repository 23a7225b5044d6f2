import { setFrom } from "../change.ts";
import { applicationPage, whereApplication } from "../change-application.ts";
import { clean } from "../clean.ts";
import { type Finding, notSeen, ok } from "../finding.ts";
import type { Ours } from "../ours.ts";
import type { Application, TenantView } from "../tenant-view.ts";
import { checkAddresses } from "./addresses.ts";
import { checkGrants } from "./grants.ts";

/** Looks at the application that the server is: whether it is there, what it may do, and where people may come back to. */
export function checkApplication({ application }: TenantView, ours: Ours): Finding[] {
  const title = "Application";
  if (application.is === "unseen") return [notSeen("application", title, application.why)];
  const { clientId } = ours.tenant;
  if (application.value === null) {
    return [
      {
        id: "application-missing",
        level: "fail",
        title,
        saw: `The tenant has no application ${clientId}.`,
        why: "The server signs people in as this application; without it nobody gets in.",
        mend: {
          here: "Set AUTH0_CLIENT_ID to the application's client id, and AUTH0_DOMAIN to its tenant.",
          dashboard: "Applications > Applications > Create Application > Regular Web Application",
        },
      },
    ];
  }
  const known = application.value;
  return [...checkKind(known, ours), ...checkGrants(known, ours), ...checkAddresses(known, ours)];
}

function checkKind(known: Application, ours: Ours): Finding[] {
  const title = "Application's kind";
  if (known.is_first_party === false) {
    return [
      {
        id: "application-third-party",
        level: "fail",
        title,
        saw: "It is a third-party application.",
        why: "Auth0 gives third-party applications neither the password grant nor the MFA grants.",
        mend: { dashboard: "Applications > Applications > Create Application, and use the new one here" },
      },
    ];
  }
  if (known.token_endpoint_auth_method === "none") {
    const change = setFrom(
      whereApplication(ours, "let the application prove itself by its secret"),
      "token_endpoint_auth_method",
      {
        from: "none",
        to: "client_secret_post",
      },
    );
    return [
      {
        id: "auth-method-none",
        level: "fail",
        title,
        saw: "It is a public application: it proves itself by nothing (token_endpoint_auth_method is none).",
        why: "The server sends its secret with every call, and a public application that sends one is refused.",
        mend: { dashboard: applicationPage(known, "Credentials > Authentication Method: Client Secret (Post)") },
        changes: [change],
      },
    ];
  }
  return [ok("application", title, `${clean(known.name ?? "it")} is there and proves itself by a secret`)];
}
