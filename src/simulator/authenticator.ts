import { drawMarked } from "./marks.ts";
import { ALPHANUMERIC, BASE32, drawId, drawText, type RandomBytes } from "./random.ts";

/** The prefix of an authenticator's id. `totp` is told as `otp` on the wire, `push` as channel `auth0`. */
export type AuthenticatorKind = "sms" | "voice" | "email" | "push" | "totp";

/** One entry of the list. Twins (text and call of one number, Guardian app and its codes) share `group` and go together. */
export interface Authenticator {
  readonly id: string;
  readonly kind: AuthenticatorKind;
  readonly group: string;
  /** The credential or sign-in that started the enrollment, so that only it can confirm. */
  readonly startedBy: string;
  active: boolean;
  /** Number or address; the device name of a push entry, which is known after confirmation. */
  contact: string;
  /** The base32 secret of a `totp` entry. */
  readonly secret: string;
}

/** What a set of entries belongs to and starts as. */
export interface NewAuthenticators {
  readonly kinds: readonly AuthenticatorKind[];
  readonly startedBy: string;
  readonly contact: string;
  readonly active: boolean;
  readonly secret?: string;
  /** What a secret that is drawn begins with. */
  readonly mark?: string;
}

/** Creates entries that belong together. Text and call of one number share the suffix of their ids, as on a real tenant. */
export function makeAuthenticators(made: NewAuthenticators, random: RandomBytes): Authenticator[] {
  const group = drawId(random);
  const shared = drawText(random, ALPHANUMERIC, 16);
  return made.kinds.map((kind, index) => ({
    id: `${kind}|dev_${index === 0 || made.kinds.includes("voice") ? shared : drawText(random, ALPHANUMERIC, 16)}`,
    kind,
    group,
    startedBy: made.startedBy,
    active: made.active,
    contact: kind === "totp" ? "" : made.contact,
    secret:
      kind === "totp"
        ? (made.secret ?? drawMarked(random, { mark: made.mark ?? "", alphabet: BASE32, length: 32 }))
        : "",
  }));
}

/** Gives the id of a recovery code's entry. */
export function recoveryCodeId(random: RandomBytes): string {
  return `recovery-code|dev_${drawText(random, ALPHANUMERIC, 16)}`;
}

/** Tells whether an entry makes a person "already enrolled": it is confirmed, and it is not an address. */
export function isStrong(entry: Authenticator): boolean {
  return entry.active && entry.kind !== "email";
}

interface SeededContacts {
  readonly phone?: string;
  readonly otherEmail?: string;
  readonly totpSecret?: string;
  readonly pushDevice?: string;
  readonly recoveryCode?: string;
}

/** Builds the entries of somebody who enrolled before the tenant started. */
export function seedAuthenticators(
  seed: SeededContacts,
  random: RandomBytes,
): {
  authenticators: Authenticator[];
  recoveryCode: { id: string; code: string; active: boolean } | null;
  associatedBefore: boolean;
} {
  const authenticators: Authenticator[] = [];
  const enroll = (kinds: readonly AuthenticatorKind[], contact: string, secret?: string): void => {
    const made = { kinds, contact, active: true, startedBy: "seed", ...(secret === undefined ? {} : { secret }) };
    authenticators.push(...makeAuthenticators(made, random));
  };
  if (seed.phone !== undefined) enroll(["sms", "voice"], seed.phone);
  if (seed.otherEmail !== undefined) enroll(["email"], seed.otherEmail);
  if (seed.totpSecret !== undefined) enroll(["totp"], "", seed.totpSecret);
  if (seed.pushDevice !== undefined) enroll(["push", "totp"], seed.pushDevice);
  const recoveryCode =
    seed.recoveryCode === undefined ? null : { id: recoveryCodeId(random), code: seed.recoveryCode, active: true };
  return { authenticators, recoveryCode, associatedBefore: authenticators.length > 0 };
}
