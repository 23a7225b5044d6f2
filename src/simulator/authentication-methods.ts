import type { Authenticator } from "./authenticator.ts";
import { removeAuthenticator } from "./authenticators.ts";
import type { ManagementCall } from "./management-call.ts";
import { inexistentUser, ManagementRefusal } from "./management-refusal.ts";
import { readCount } from "./management-rows.ts";
import type { Person } from "./people.ts";
import type { Parameters } from "./request-body.ts";
import type { Tenant } from "./tenant.ts";

/** Names what the MFA API calls `sms` and `voice`, or `push`, the way the Management API does. */
const TYPES = { sms: "phone", voice: "phone", email: "email", push: "guardian", totp: "totp" } as const;

/** When somebody enrolled who had done so before the tenant started. */
const BEFORE = Date.UTC(2025, 0, 1);

const listMethods: ManagementCall = {
  method: "GET",
  path: "/users/:id/authentication-methods",
  scopes: ["read:authentication_methods"],
  query: ["page", "per_page", "include_totals"],
  answer(tenant, { params, query }) {
    const rows = rowsOf(tenant, find(tenant, params["id"]));
    const limit = readCount(query, "per_page", 50);
    const start = readCount(query, "page", 0) * limit;
    const page = rows.slice(start, start + limit);
    if (query.get("include_totals") !== "true") return { status: 200, body: page };
    return { status: 200, body: { authenticators: page, total: rows.length, start, limit } };
  },
};

const deleteMethod: ManagementCall = {
  method: "DELETE",
  path: "/users/:id/authentication-methods/:method",
  scopes: ["delete:authentication_methods"],
  answer(tenant, { params }) {
    const person = find(tenant, params["id"]);
    const id = params["method"] ?? "";
    if (!rowsOf(tenant, person).some((row) => row["id"] === id)) {
      throw new ManagementRefusal(404, null, "The authentication method does not exist.");
    }
    const entry = person.authenticators.find((held) => held.active && methodId(held) === id);
    removeAuthenticator(tenant, person, entry?.id ?? id);
    return { status: 204 };
  },
};

/** Lists what is confirmed, one row for a phone or a Guardian app with its ways nested; the automatic address is not there. */
function rowsOf(tenant: Tenant, person: Person): Parameters[] {
  const rows: Parameters[] = [];
  const active = person.authenticators.filter((entry) => entry.active);
  for (const [index, entry] of active.entries()) {
    const { group, kind, contact } = entry;
    if (active.findIndex((other) => other.group === group) !== index) continue;
    const ways = active.filter((other) => other.group === group);
    const type = TYPES[kind];
    rows.push({
      id: methodId(entry),
      type,
      confirmed: true,
      ...times(tenant, entry.id),
      ...(type === "phone" ? { phone_number: contact, preferred_authentication_method: kind } : {}),
      ...(type === "email" ? { email: contact } : {}),
      ...(type === "guardian" ? { name: contact } : {}),
      ...(ways.length > 1 || type === "phone"
        ? { authentication_methods: ways.map((way) => ({ id: way.id, type: way.kind })) }
        : {}),
    });
  }
  const { recoveryCode } = person;
  if (recoveryCode?.active === true) {
    const { id } = recoveryCode;
    rows.push({ id, type: "recovery-code", confirmed: true, ...times(tenant, id) });
  }
  return rows;
}

function methodId({ id, kind }: Authenticator): string {
  return id.replace(/^[^|]+/, TYPES[kind] === "phone" ? "phone" : kind);
}

function times({ ledger }: Tenant, id: string): Parameters {
  const at = (type: "associate" | "confirm"): string => {
    return new Date(ledger.list(type).find((entry) => entry.authenticatorId === id)?.at ?? BEFORE).toISOString();
  };
  return { created_at: at("associate"), enrolled_at: at("confirm") };
}

function find(tenant: Tenant, id: string | undefined): Person {
  const person = tenant.people.get(id ?? "");
  if (person === undefined) throw inexistentUser();
  return person;
}

/** The calls about what somebody has enrolled. */
export const AUTHENTICATION_METHODS: readonly ManagementCall[] = [listMethods, deleteMethod];
