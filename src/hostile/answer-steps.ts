import fc from "fast-check";
import type { Step } from "./tenant-line.ts";

/** What stands in what was made up, and must not come out on the other side. */
export const PLANTED = "PLANTED-BY-A-HOSTILE-TENANT";

/** Describes one category of answers; `rare` as in the other sets. */
export type TenantCategory = {
  readonly name: string;
  readonly draw: fc.Arbitrary<(honest: string) => readonly Step[]>;
  readonly rare?: number;
  /** True where the tenant is not asked again after it: each has a back end of its own. */
  readonly ends?: boolean;
};

export const answers = (name: string, ...ways: readonly ((honest: string) => readonly Step[])[]): TenantCategory => ({
  name,
  draw: fc.constantFrom(...ways),
});
/** For what is waited out, or is long. */
export const slowly = (category: TenantCategory): TenantCategory => ({ ...category, rare: 6 });

const REASONS: Readonly<Record<number, string>> = { 200: "OK", 204: "No Content", 500: "Internal Server Error" };

/** Returns the text of an answer; the length is told truly unless a header says otherwise. */
export function http(status: number, body: string | Uint8Array, more: readonly string[] = []): Step[] {
  const length = typeof body === "string" ? Buffer.byteLength(body) : body.length;
  const told = more.some((line) => /^(content-length|transfer-encoding):/i.test(line))
    ? []
    : [`content-length: ${length}`];
  const type = more.some((line) => /^content-type:/i.test(line)) ? [] : ["content-type: application/json"];
  return [
    [`HTTP/1.1 ${status} ${REASONS[status] ?? "Whatever"}`, ...type, ...told, ...more, "", ""].join("\r\n"),
    body,
  ];
}

/** Answers with the honest body, changed as JSON. */
export const json = (change: (value: unknown) => unknown) => (honest: string) =>
  http(200, JSON.stringify(change(read(honest))));
const read = (honest: string): unknown => (honest === "" ? {} : JSON.parse(honest));
/** Changes the object, or each object of a list. */
const each = (change: (entry: Record<string, unknown>) => unknown) =>
  json((value) =>
    Array.isArray(value) ? value.map((entry: unknown) => change(membersOf(entry))) : change(membersOf(value)),
  );
export const membersOf = (value: unknown): Record<string, unknown> =>
  typeof value === "object" && value !== null ? Object.fromEntries(Object.entries(value)) : {};
/** Changes one member after another, whichever there are. */
export const anyMember = (
  name: string,
  change: (members: Record<string, unknown>, key: string) => unknown,
): TenantCategory => ({
  name,
  draw: fc.nat({ max: 7 }).map((at) =>
    each((members) => {
      const keys = Object.keys(members);
      return change(members, keys[at % Math.max(1, keys.length)] ?? "x");
    }),
  ),
});
export const withMember = (key: string, ...values: readonly unknown[]) =>
  values.map((value) => each((members) => ({ ...members, [key]: value })));
export const strings = (change: (text: string) => string) =>
  json((value) =>
    JSON.parse(JSON.stringify(value), (_, part: unknown) => (typeof part === "string" ? change(part) : part)),
  );
