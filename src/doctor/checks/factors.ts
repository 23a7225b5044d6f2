import { switchOn } from "../change.ts";
import { clean } from "../clean.ts";
import { type Finding, notSeen, ok } from "../finding.ts";
import type { Ours } from "../ours.ts";
import type { TenantView } from "../tenant-view.ts";

/** The way to a tenant's factors. */
export const FACTORS_PAGE = "Security > Multi-factor Auth";

/** A factor by its name in the API, by the end of the finding's id, by its name in the dashboard, and what goes without it. */
type Wanted = { name: string; id: string; label: string; level: "warn" | "fail"; why: string };

/** Independent ones first: Auth0 takes email and recovery codes only beside another one. */
function wantedBy({ channels }: Ours): Wanted[] {
  const phone = channels.includes("sms") || channels.includes("voice");
  return [
    {
      name: "sms",
      id: "sms",
      label: "Phone Message",
      level: phone ? "fail" : "warn",
      why: phone
        ? "Nobody can add a phone, by text or by call."
        : "Somebody who has a phone already cannot prove with it.",
    },
    {
      name: "otp",
      id: "otp",
      label: "One-time Password",
      level: "warn",
      why: "Nothing is enrolled with it here, but whoever has only an authenticator app cannot prove with it that it is them.",
    },
    {
      name: "push-notification",
      id: "push",
      label: "Push Notification using Auth0 Guardian",
      level: "warn",
      why: "Nothing is enrolled with it here, but whoever has only the Guardian app cannot prove with it that it is them.",
    },
    ...(channels.includes("email")
      ? [{ name: "email", id: "email", label: "Email", level: "fail", why: "Nobody can add an address." } as const]
      : []),
    {
      name: "recovery-code",
      id: "recovery-code",
      label: "Recovery Code",
      level: "warn",
      why: "Nobody gets a recovery code, so whoever loses their phone is locked out until somebody of yours helps.",
    },
  ];
}

const INDEPENDENT = ["sms", "otp", "push-notification", "webauthn-roaming", "duo"];

/** Looks at which factors are on, and at email standing alone. */
export function checkFactors({ factors }: TenantView, ours: Ours): Finding[] {
  const title = "Factors";
  if (factors.is === "unseen") return [notSeen("factors", title, factors.why)];
  const on = (factors.value ?? []).filter(({ enabled }) => enabled).map(({ name }) => name);
  const isEmailOnly = on.includes("email") && !INDEPENDENT.some((name) => on.includes(name));
  const off = wantedBy(ours).filter(({ name }) => !on.includes(name));
  const told = off.filter(({ name }) => !(isEmailOnly && INDEPENDENT.includes(name)));
  const findings = told.map(({ name, id, label, level, why }): Finding => {
    return {
      id: `factor-${id}-off`,
      level,
      title,
      saw: `The factor "${name}" (${label}) is off.`,
      why,
      mend: { dashboard: `${FACTORS_PAGE} > ${label}: on` },
      changes: [switchOn(name)],
    };
  });
  if (isEmailOnly) return [...emailOnly(), ...findings];
  return findings.length > 0 ? findings : [ok("factors", title, `${on.map(clean).join(", ")} are on`)];
}

/** One fault, though it takes the place of three factors that are off. */
function emailOnly(): Finding[] {
  return [
    {
      id: "email-only",
      level: "fail",
      title: "Factors",
      saw: "Email is on and no factor that can stand by itself is.",
      why: "Auth0 does not count email alone as MFA: nobody can add a phone, and where the policy asks for a second factor, people without a verified address cannot get in at all.",
      mend: { dashboard: `${FACTORS_PAGE}: switch on Phone Message, and One-time Password beside it` },
      changes: ["sms", "otp", "push-notification"].map(switchOn),
    },
  ];
}
