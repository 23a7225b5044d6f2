import type { Secret } from "../testing/scan-for-secrets.ts";

/** Somebody of a run: everything that is theirs can be told from everybody else's. */
export type MarkedPerson = {
  id: number;
  /** The word in everything that the tenant mints for them; see the simulator's `marks.ts`. */
  mark: string;
  subject: string;
  username: string;
  password: string;
  /** What they add. The addresses hold the mark; numbers cannot, and are one of a few. */
  phone: string;
  email: string;
  /** Where their requests come from, as the load balancer says. */
  address: string;
};

/** What every mark begins with, so that one search finds the secrets of everybody. The phone screen knows of the Canary Islands. */
export const MARK_BEGINS = "QCANARYQ";

/** What base32 and recovery codes have in common. Four letters count to 810,000 people. */
const LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ234567";
const LENGTH = 4;
/** From 555-0110 on; the simulated tenant's numbers that misbehave are behind these. More than play at once, so that no code is another's. */
const FIRST_LINE = 110;
const LINES = 40;

/** Makes the person with a number, the same each time. */
export function markedPerson(id: number): MarkedPerson {
  let mark = "";
  for (let rest = id, place = 0; place < LENGTH; place += 1) {
    mark = LETTERS.charAt(rest % LETTERS.length) + mark;
    rest = Math.floor(rest / LETTERS.length);
  }
  mark = MARK_BEGINS + mark;
  const name = mark.toLowerCase();
  return {
    id,
    mark,
    subject: `auth0|${mark}`,
    username: `${name}.first@example.com`,
    password: `Pass-${mark}-9z`,
    phone: `+12025550${FIRST_LINE + (id % LINES)}`,
    email: `${name}.second@example.net`,
    address: `10.7.${Math.floor(id / 250) % 250}.${(id % 250) + 1}`,
  };
}

/** Lists what is secret of a person beyond what the tenant mints. */
export function secretsOf({ mark, subject, username, password, phone, email }: MarkedPerson): Secret[] {
  return [
    { kind: "mark", value: mark },
    { kind: "subject", value: subject },
    { kind: "username", value: username },
    { kind: "password", value: password },
    { kind: "contact", value: phone },
    { kind: "contact", value: email },
  ];
}
