import type { Proof } from "../contract/session-view.ts";
import type { AccountRecord } from "./account-record.ts";
import { authenticatorsOf, hasMethod, isEnrolled, listContextOf } from "./authenticators.ts";
import type { Core, SignedInVisit } from "./core.ts";
import { hashOf } from "./sealing.ts";
import type { Credential, SessionRecord } from "./session-record.ts";

/*
 * Decides what a visit may do now, from its credential, its proof and what the account has. Pure but for the clock that
 * it is handed.
 */

/** Two minutes: a code that is sent must have time to be read and typed before the credential that confirms it ends. */
const TIME_TO_ENROLL_MS = 120_000;

/** Returns until when a message can be sent whose code has that time, epoch ms. */
export function sendableUntil({ expiresAt }: Credential): number {
  return expiresAt - TIME_TO_ENROLL_MS;
}

/** Says what a visit may do, and how it can prove more. */
export type Standing = {
  /** The credential, while it lives. */
  credential: Credential | null;
  /** Whether the credential lives long enough for a code to be sent, read and typed. */
  hasTime: boolean;
  canAdd: boolean;
  canRemove: boolean;
  /** Whether a fresh proof of the strength that the account has stands. */
  proven: boolean;
  /** How to prove it; null when nothing needs it. */
  proof: Proof | null;
};

/** Asked for several times in one request, of a token that is long. */
const tags = new WeakMap<Credential, string>();

/** Returns a short mark that tells credentials apart without holding one. */
export function tagOf(credential: Credential): string {
  const known = tags.get(credential) ?? hashOf(credential.value).slice(0, 16);
  tags.set(credential, known);
  return known;
}

/** Returns the `mfa_token` of a visit while it lives: only with it can somebody be challenged in the page. */
export function liveMfaToken(core: Core, { credential }: SessionRecord): Credential | null {
  return credential?.kind === "mfaToken" && credential.expiresAt > core.clock.now() ? credential : null;
}

/** Returns what a visit may do now. */
export function standingOf(core: Core, visit: SignedInVisit, account: AccountRecord): Standing {
  const { session, person } = visit;
  const now = core.clock.now();
  const credential = session.credential && session.credential.expiresAt > now ? session.credential : null;
  // Somebody who came in before a method was added, by a password that was all there was, has not shown that method.
  const addedByAnother = account.added !== null && account.added.visitId !== session.visitId ? account.added.at : 0;
  const provenAt = session.provenAt ?? 0;
  const fresh = provenAt > now - core.settings.proofSeconds * 1000 && provenAt >= addedByAnother;
  // An mfa_token stands for a password alone. Once there is something stronger, only that counts as a proof, and while it
  // is not known what there is, nothing does.
  const passwordIsAll = account.list !== null && !account.list.outdated && !isEnrolled(account.list.items);
  const proven = fresh && (credential?.kind === "mfaJwt" || (credential?.kind === "mfaToken" && passwordIsAll));
  const hasTime = credential !== null && now < sendableUntil(credential);
  const canAdd = proven && hasTime;
  const canRemove = proven && credential?.kind === "mfaJwt";
  return { credential, hasTime, canAdd, canRemove, proven, proof: canAdd && canRemove ? null : proofOf() };

  function proofOf(): Proof {
    const items = account.list?.items ?? [];
    // Somebody with an address alone may add by the password, but not remove: that takes the token that a code earns.
    if (credential?.kind === "mfaToken" && (isEnrolled(items) || (canAdd && hasMethod(items)))) {
      const recoveryCode = items.some((item) => item.kind === "recovery_code" && item.active);
      return { by: "challenge", methods: authenticatorsOf(items, listContextOf(core, visit)), recoveryCode };
    }
    return { by: person.way === "password" ? "password" : "redirect" };
  }
}
