import { addTo } from "../change.ts";
import { applicationPage, whereApplication } from "../change-application.ts";
import { type Finding, notSeen, ok } from "../finding.ts";
import type { Ours } from "../ours.ts";
import type { Application } from "../tenant-view.ts";

const PREFIX = "http://auth0.com/oauth/grant-type/";

/** One grant that is needed, by the end of its id here, with what fails without it. */
type Needed = { id: string; grant: string; why: string };

const MFA_GRANTS: readonly Needed[] = [
  {
    id: "mfa-otp",
    grant: `${PREFIX}mfa-otp`,
    why: "Somebody who has an authenticator app cannot prove with it that it is them, and so cannot add anything.",
  },
  {
    id: "mfa-oob",
    grant: `${PREFIX}mfa-oob`,
    why: "The code from a text, a call or a mail is refused, so no enrollment can be finished.",
  },
  {
    id: "mfa-recovery-code",
    grant: `${PREFIX}mfa-recovery-code`,
    why: "A recovery code is refused, so somebody who lost their phone cannot add another one.",
  },
];

/** Looks at the grants that MFA needs, and those of the ways in. */
export function checkGrants(known: Application, ours: Ours): Finding[] {
  const granted = known.grant_types;
  if (granted === undefined) return [notSeen("grants", "Grant types", "the tenant did not tell them.")];
  const needed = [...MFA_GRANTS, ...signInGrants(ours)];
  const missing = needed.filter(({ grant }) => !granted.includes(grant));
  if (missing.length === 0) return [ok("grants", "Grant types", "the three for MFA and those of the way in are on")];
  return missing.map(({ id, grant, why }): Finding => {
    const isMfa = id.startsWith("mfa-");
    return {
      id: `grant-${id}-missing`,
      level: "fail",
      title: "Grant types",
      saw: `The application lacks the grant ${grant}.`,
      why,
      mend: {
        dashboard: applicationPage(
          known,
          `Settings > Advanced Settings > Grant Types: ${isMfa ? "MFA" : DASHBOARD_NAMES[id]}`,
        ),
      },
      changes: [
        addTo(whereApplication(ours, `let the application use ${grant}`), "grant_types", {
          found: granted,
          words: [grant],
        }),
      ],
    };
  });
}

const DASHBOARD_NAMES: Readonly<Record<string, string>> = {
  "authorization-code": "Authorization Code",
  password: "Password",
  "password-realm": "Password",
};

function signInGrants({ signInWays, tenant }: Ours): Needed[] {
  const redirect: Needed = {
    id: "authorization-code",
    grant: "authorization_code",
    why: "People come back from the tenant's page with a code that is refused, so nobody can sign in.",
  };
  const why = "Sign-in by password, which MFA_SIGN_IN asks for, is refused to everybody.";
  const password: Needed =
    tenant.realm === null
      ? { id: "password", grant: "password", why }
      : { id: "password-realm", grant: `${PREFIX}password-realm`, why };
  return [
    ...(signInWays.includes("redirect") ? [redirect] : []),
    ...(signInWays.includes("password") ? [password] : []),
  ];
}
