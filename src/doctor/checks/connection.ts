import { setFrom } from "../change.ts";
import { enableConnection } from "../enable-connection.ts";
import { clean } from "../clean.ts";
import { type Finding, notSeen, ok } from "../finding.ts";
import type { Ours } from "../ours.ts";
import type { Connection, TenantView } from "../tenant-view.ts";

const DATABASES = "Authentication > Database";

/** Looks at whether the people's database is open to the application, and, for the password way in, at which one it means. */
export function checkConnections(view: TenantView, ours: Ours): Finding[] {
  // Without the application nothing can be open to it, and that it is missing is told already.
  if (view.application.is === "seen" && view.application.value === null) return [];
  return [...connectionFindings(view, ours), ...directoryFindings(view, ours)];
}

/** The connection that the password way in uses; where none is named, any that is there. */
function wantedOf(connections: readonly Connection[], name: string | null): readonly Connection[] {
  return connections.filter((connection) => name === null || connection.name === name);
}

function connectionFindings({ connections, tenantWide }: TenantView, ours: Ours): Finding[] {
  const title = "Database of users";
  if (connections.is === "unseen") return [notSeen("connection", title, connections.why)];
  const all = connections.value ?? [];
  const isPassword = ours.signInWays.includes("password");
  const directory = tenantWide.is === "seen" ? tenantWide.value?.default_directory || null : null;
  const name = isPassword ? (ours.tenant.realm ?? directory) : null;
  const wanted = wantedOf(all, name);
  if (wanted.some(({ isForUs }) => isForUs)) {
    const names = wanted.filter(({ isForUs }) => isForUs).map((connection) => clean(connection.name));
    return [ok("connection", title, `${names.join(", ")} is open to the application`)];
  }
  // Without a database everybody may come from elsewhere: a company's own sign-in, or a social one.
  if (wanted.length === 0 && !isPassword) return [ok("connection", title, "none; people sign in by other connections")];
  if (wanted.length === 0) {
    return [
      {
        id: "connection-missing",
        level: "fail",
        title,
        saw:
          name === null ? "The tenant has no database of users." : `The tenant has no database named ${clean(name)}.`,
        why: "Sign-in by password asks this database; without it nobody gets in.",
        mend: { dashboard: `${DATABASES}: create it`, here: "Or set AUTH0_REALM to the name of one that is there." },
      },
    ];
  }
  const [first, ...more] = wanted;
  const names = wanted.map((connection) => clean(connection.name)).join(", ");
  return [
    {
      id: "connection-not-enabled",
      level: "fail",
      title,
      saw: `The application may not use ${names}.`,
      why: "Nobody who is kept there can sign in, so nobody can enroll.",
      mend: { dashboard: `${DATABASES} > ${names} > Applications: switch your application on` },
      // Which of several it shall be is not for the doctor to decide.
      ...(first && more.length === 0 ? { changes: [enableConnection(first, ours.tenant.clientId)] } : {}),
    },
  ];
}

function directoryFindings({ tenantWide, connections }: TenantView, ours: Ours): Finding[] {
  if (!ours.signInWays.includes("password") || ours.tenant.realm !== null) return [];
  const title = "Default directory";
  if (tenantWide.is === "unseen") return [notSeen("default-directory", title, tenantWide.why)];
  const directory = tenantWide.value?.default_directory ?? "";
  if (directory !== "") return [ok("default-directory", title, clean(directory))];
  const all = connections.is === "seen" ? (connections.value ?? []) : [];
  const [only, ...more] = all.filter(({ strategy }) => strategy === "auth0");
  const where = {
    says: `make ${clean(only?.name ?? "")} the directory of sign-ins by password`,
    read: { path: "tenants/settings", scope: "read:tenant_settings" },
    write: { method: "PATCH", path: "tenants/settings", scope: "update:tenant_settings" },
  } as const;
  return [
    {
      id: "default-directory-empty",
      level: "fail",
      title,
      saw: "The tenant has none, and AUTH0_REALM names no database either.",
      why: "A sign-in by password does not know whom to ask and fails with a server error.",
      mend: {
        dashboard: "Settings > General > API Authorization Settings > Default Directory",
        here: "Or set AUTH0_REALM to the name of the database.",
      },
      ...(only && more.length === 0
        ? { changes: [setFrom(where, "default_directory", { from: "", to: only.name })] }
        : {}),
    },
  ];
}
