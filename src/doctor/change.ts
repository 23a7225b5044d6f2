import * as z from "zod/mini";

/**
 * One change of the tenant: where the thing is read, how it follows from what is there now, and the call that writes it. It is
 * worked out anew right before it is made, from what is there then.
 */
export type Change = {
  /** What is changed; changes of one thing follow one another. */
  key: string;
  /** What it does, in a few words. */
  says: string;
  read: { path: string; scope: string };
  write: { method: "PUT" | "PATCH"; path: string; scope: string };
  /** The part as it was found when the tenant was examined. */
  found: Value;
  /** The part that is changed, out of what reading gave; `undefined` where it is not understood, and then not touched. */
  pick: (read: unknown) => Value | undefined;
  /** What the part shall be; the same where nothing is to be done, null where it is neither what was found nor what is wanted. */
  next: (now: Value) => Value | null;
  /** What is sent. */
  body: (next: Value) => unknown;
};

/** What a change can be about: a switch, a name, or a list of words. */
export type Value = boolean | string | readonly string[];

const listSchema = z.array(z.string());

/** Reads a list of words; absent is empty, and a list with anything else in it is not understood. */
function listIn(value: unknown): readonly string[] | undefined {
  return value === undefined || value === null ? [] : listSchema.safeParse(value).data;
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}

type Where = Pick<Change, "says" | "read" | "write">;

/** Adds words to a list that is written as a whole: whatever is there stays, known here or not. */
export function addTo(
  where: Where,
  field: string,
  { found, words }: { found: readonly string[]; words: readonly string[] },
): Change {
  return {
    ...where,
    key: `${where.write.path} ${field}`,
    found,
    pick: (read) => (typeof read === "object" && read !== null ? listIn(memberOf(read, field)) : undefined),
    next: (now) => (typeof now === "object" ? [...now, ...words.filter((word) => !now.includes(word))] : null),
    body: (next) => ({ [field]: next }),
  };
}

/** Switches a factor on; there is no change that switches one off. */
export function switchOn(name: string): Change {
  return {
    key: `factor ${name}`,
    found: false,
    says: `switch the factor "${name}" on`,
    read: { path: "guardian/factors", scope: "read:guardian_factors" },
    write: { method: "PUT", path: `guardian/factors/${name}`, scope: "update:guardian_factors" },
    pick(read) {
      const factors: readonly unknown[] = Array.isArray(read) ? read : [];
      const enabled = memberOf(
        factors.find((factor) => memberOf(factor, "name") === name),
        "enabled",
      );
      return typeof enabled === "boolean" ? enabled : undefined;
    },
    next: () => true,
    body: () => ({ enabled: true }),
  };
}

/** Sets one member that has the value it was found with; with any other value somebody has decided otherwise meanwhile. */
export function setFrom(where: Where, field: string, { from, to }: { from: Value; to: Value }): Change {
  return {
    ...where,
    key: `${where.write.path} ${field}`,
    found: from,
    pick(read) {
      const value = memberOf(read, field) ?? "";
      return typeof value === "string" || typeof value === "boolean" ? value : undefined;
    },
    next: (now) => (now === from || now === to ? to : null),
    body: (next) => ({ [field]: next }),
  };
}

/** Tells whether two values are the same, word for word and in their order. */
export function isSame(one: Value, other: Value): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
