import { checkAccess, checkCredentials } from "./checks/access.ts";
import { checkApplication } from "./checks/application.ts";
import { checkConnections } from "./checks/connection.ts";
import { checkDiscovery } from "./checks/discovery.ts";
import { checkEmail } from "./checks/email.ts";
import { checkFactors } from "./checks/factors.ts";
import { checkChannels, checkRedis, checkSettings } from "./checks/our-side.ts";
import { checkPhone } from "./checks/phone.ts";
import { checkPolicy } from "./checks/policy.ts";
import type { Finding } from "./finding.ts";
import type { Ours } from "./ours.ts";
import type { TenantView } from "./tenant-view.ts";

/** One part of the checklist, in the order in which things have to be mended. */
export type Part = { heading: string; findings: Finding[] };

/** Goes through the checklist: our side first, then the tenant. Without a tenant, `view` holds its absence alone. */
export function runChecklist(
  ours: Ours,
  seen: { redis: boolean | null; view: TenantView | Pick<TenantView, "discovery"> },
): Part[] {
  const { redis, view } = seen;
  const here: Part = {
    heading: "Our side",
    findings: [...checkSettings(ours), ...checkChannels(ours), ...checkRedis(redis)],
  };
  const tenant: Part = { heading: "The tenant", findings: checkDiscovery(view, ours) };
  if (!("access" in view)) return [here, tenant];
  return [
    here,
    tenant,
    { heading: "Credentials", findings: [...checkAccess(view, ours), ...checkCredentials(view, ours)] },
    { heading: "The application", findings: [...checkApplication(view, ours), ...checkConnections(view, ours)] },
    { heading: "Second methods", findings: checkFactors(view, ours) },
    { heading: "Codes by phone", findings: checkPhone(view, ours) },
    { heading: "Codes by mail", findings: checkEmail(view, ours) },
    { heading: "Policy", findings: checkPolicy(view, ours) },
  ];
}
