import type { Core } from "./core.ts";
import type { Person } from "./session-record.ts";

/** 22 base64url characters, 132 bits: nobody guesses one. */
const LENGTH = 22;

/** Returns what pages know the owner of an account by. It is no secret of theirs, and leads to nothing in the store. */
export function idOfAccount({ sealer }: Pick<Core, "sealer">, accountId: string): string {
  return sealer.keyedHash("person", accountId).slice(0, LENGTH);
}

/** Returns what pages know a person by. */
export function idOf(core: Pick<Core, "sealer">, { id, accountId }: Pick<Person, "id" | "accountId">): string {
  return id ?? idOfAccount(core, accountId);
}
