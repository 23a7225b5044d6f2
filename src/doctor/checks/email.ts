import { clean } from "../clean.ts";
import { type Finding, notSeen, ok } from "../finding.ts";
import type { Ours } from "../ours.ts";
import type { TenantView } from "../tenant-view.ts";

/** Looks at who delivers mails with codes. */
export function checkEmail({ emailProvider }: TenantView, ours: Ours): Finding[] {
  const title = "Delivery of mail";
  if (!ours.channels.includes("email")) return [ok("email-provider", title, "email is not offered here")];
  if (emailProvider.is === "unseen") return [notSeen("email-provider", title, emailProvider.why)];
  const provider = emailProvider.value;
  if (provider && provider.enabled !== false)
    return [ok("email-provider", title, `${clean(provider.name)}, a provider of your own`)];
  return [
    {
      id: "email-provider-none",
      level: "warn",
      title,
      saw:
        provider === null
          ? "The tenant has Auth0's built-in test mailer alone."
          : `The provider ${clean(provider.name)} is there and switched off, so Auth0's built-in test mailer sends.`,
      why: "The test mailer sends few mails a minute, in Auth0's name, often into the junk folder: people wait for codes in vain.",
      mend: {
        dashboard: "Branding > Email Provider: set up your own",
        api: 'POST /api/v2/emails/provider {"name":"smtp","enabled":true,"default_from_address":"…","credentials":{…}}',
      },
    },
  ];
}
