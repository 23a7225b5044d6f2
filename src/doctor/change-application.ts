import type { Change } from "./change.ts";
import { clean } from "./clean.ts";
import type { Ours } from "./ours.ts";
import type { Application } from "./tenant-view.ts";

/** The members that are read of the application; its secret is not among them. */
export const APPLICATION_FIELDS =
  "name,app_type,is_first_party,token_endpoint_auth_method,grant_types,callbacks,allowed_logout_urls";

/** Says where the application is read and written, for one change of it. */
export function whereApplication(ours: Ours, says: string): Pick<Change, "says" | "read" | "write"> {
  const path = `clients/${encodeURIComponent(ours.tenant.clientId)}`;
  return {
    says,
    read: { path: `${path}?fields=${APPLICATION_FIELDS}&include_fields=true`, scope: "read:clients" },
    write: { method: "PATCH", path, scope: "update:clients" },
  };
}

/** Gives the way to something of the application in the dashboard. */
export function applicationPage({ name }: Application, rest: string): string {
  return `Applications > Applications > ${clean(name ?? "your application")} > ${rest}`;
}
