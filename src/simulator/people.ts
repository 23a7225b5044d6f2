import { type Authenticator, seedAuthenticators } from "./authenticator.ts";
import type { Minted } from "./minted.ts";
import { ALPHANUMERIC, drawText, type RandomBytes } from "./random.ts";

/** A user of the tenant. Members may be changed in place; the next request sees it. */
export interface Person {
  /** The `sub` of every token. */
  readonly subject: string;
  name: string;
  /** Also the user name. */
  email: string;
  emailVerified: boolean;
  password: string;
  /** For people who look at the demo: what is special about this one. */
  about: string;
  /** Codes are refused as if ten had failed, for as long as this is set. */
  locked: boolean;
  /** False where the tenant hands this person no recovery codes. */
  recoveryCodes: boolean;
  /** Refuses every right password with this answer, such as a block by attack protection. */
  refusal: { status: number; error: string; description: string } | null;
  /** Enrolled and unconfirmed entries, oldest first, without the automatic one of a verified address. */
  authenticators: Authenticator[];
  recoveryCode: { id: string; code: string; active: boolean } | null;
  /** The id under which a verified primary address is listed. */
  readonly automaticEmailId: string;
  /** Set by the first associate ever; only that one answers with recovery codes. */
  associatedBefore: boolean;
}

/** What a seeded person starts as; everything left out takes the value of somebody new. */
export interface PersonSeed {
  readonly subject: string;
  readonly name: string;
  readonly email: string;
  readonly password?: string;
  readonly about?: string;
  readonly emailVerified?: boolean;
  readonly locked?: boolean;
  readonly recoveryCodes?: boolean;
  /** Refuses the right password with this answer. */
  readonly refusal?: { readonly status: number; readonly error: string; readonly description: string };
  /** An active phone, in E.164. */
  readonly phone?: string;
  /** An active enrolled address other than the primary one. */
  readonly otherEmail?: string;
  /** An active authenticator app with this base32 secret. */
  readonly totpSecret?: string;
  /** An active Guardian app with this device name. */
  readonly pushDevice?: string;
  /** The live recovery code of somebody who enrolled before. */
  readonly recoveryCode?: string;
  /** A word that everything minted for this person holds, so that a scanner finds it; see `marks.ts`. */
  readonly mark?: string;
}

/** The users of the tenant. */
export interface People {
  list(): readonly Person[];
  /** Finds by user name, which is the address in any case of letters. */
  find(username: string): Person | undefined;
  get(subject: string): Person | undefined;
  /** Adds somebody, or replaces the one with the same subject. */
  add(seed: PersonSeed): Person;
  remove(subject: string): void;
  /** Goes back to the people the tenant started with. */
  reset(): void;
}

/** The password of every seeded person. */
export const DEMO_PASSWORD = "Enroll-Demo-1";

/** The people of a fresh tenant; the first is the one demos sign in. Numbers and domains are reserved for examples. */
export const SEEDED_PEOPLE: readonly PersonSeed[] = [
  { subject: "auth0|robin", name: "Robin", email: "robin@example.com", about: "Nobody enrolled" },
  {
    subject: "auth0|kim",
    name: "Kim",
    email: "kim@example.com",
    about: "Has a phone",
    phone: "+12025550123",
    recoveryCode: "K7M2P9Q4R8S3T6V5W1X2Y9ZA",
  },
  {
    subject: "auth0|sasha",
    name: "Sasha",
    email: "sasha@example.com",
    about: "Has only a verified address",
    emailVerified: true,
  },
  {
    subject: "auth0|jules",
    name: "Jules",
    email: "jules@example.com",
    about: "Locked: too many failed codes",
    locked: true,
  },
  {
    subject: "auth0|toni",
    name: "Toni",
    email: "toni@example.com",
    about: "Gets no recovery codes",
    recoveryCodes: false,
  },
];

/** Creates the users from their seeds. */
export function createPeople(seeds: readonly PersonSeed[], random: RandomBytes, minted: Minted): People {
  const people = new Map<string, Person>();

  function add(seed: PersonSeed): Person {
    const person: Person = {
      subject: seed.subject,
      name: seed.name,
      email: seed.email,
      emailVerified: seed.emailVerified ?? false,
      password: seed.password ?? DEMO_PASSWORD,
      about: seed.about ?? "",
      locked: seed.locked ?? false,
      recoveryCodes: seed.recoveryCodes ?? true,
      refusal: seed.refusal === undefined ? null : { ...seed.refusal },
      automaticEmailId: `email|dev_${drawText(random, ALPHANUMERIC, 16)}`,
      ...seedAuthenticators(seed, random),
    };
    if (seed.mark !== undefined) minted.mark(seed.subject, seed.mark);
    if (person.recoveryCode !== null) minted.keep("recovery_code", person.recoveryCode.code);
    for (const { secret } of person.authenticators) if (secret !== "") minted.keep("totp_secret", secret);
    people.set(person.subject, person);
    return person;
  }

  function reset(): void {
    people.clear();
    for (const seed of seeds) add(seed);
  }

  reset();
  return {
    add,
    reset,
    list: () => [...people.values()],
    find: (username) =>
      [...people.values()].find((person) => person.email.toLowerCase() === username.trim().toLowerCase()),
    get: (subject) => people.get(subject),
    remove: (subject) => {
      people.delete(subject);
    },
  };
}
