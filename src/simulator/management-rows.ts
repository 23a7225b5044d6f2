import { ManagementRefusal } from "./management-refusal.ts";
import type { Parameters } from "./request-body.ts";

/** Query members of `pickFields`. */
export const FIELDS = ["fields", "include_fields"];

/** Query members of `checkpointPage`. */
export const CHECKPOINT = ["from", "take"];

/** Keeps the members that `fields` names with commas, or drops them where `include_fields` is false. */
export function pickFields(query: URLSearchParams, row: Parameters): Parameters {
  const named = query.get("fields")?.split(",");
  if (named === undefined) return row;
  const keep = query.get("include_fields") !== "false";
  return Object.fromEntries(Object.entries(row).filter(([name]) => named.includes(name) === keep));
}

/** Cuts a list for `from` and `take`; `next` is there as long as something follows. */
export function checkpointPage<T>(query: URLSearchParams, rows: readonly T[]): { page: readonly T[]; next: object } {
  const start = readCount(query, "from", 0);
  // Fifty when absent, as documented.
  const end = start + readCount(query, "take", 50);
  return { page: rows.slice(start, end), next: end < rows.length ? { next: String(end) } : {} };
}

/** Reads a whole number from a query. */
export function readCount(query: URLSearchParams, name: string, otherwise: number): number {
  const text = query.get(name);
  if (text === null) return otherwise;
  if (/^\d{1,6}$/.test(text)) return Number(text);
  const message = `Query validation error: 'Expected type integer but found type string on property ${name}'.`;
  throw new ManagementRefusal(400, "invalid_query_string", message);
}
