import type { Proof } from "../contract/session-view.ts";
import type { AccountRecord } from "./account-record.ts";
import { authenticatorsOf, isEnrolled, listContextOf } from "./authenticators.ts";
import type { Core, SignedInVisit } from "./core.ts";
import { hashOf } from "./sealing.ts";
import type { Credential } from "./session-record.ts";

/*
 * Decides what a visit may do now, from its credential, its proof and what the account has. Pure but for the clock that
 * it is handed.
 */

/** Two minutes: a code that is sent must have time to be read and typed before the credential that confirms it ends. */
const TIME_TO_ENROLL_MS = 120_000;

/** Says what a visit may do, and how it can prove more. */
export type Standing = {
  /** The credential, while it lives. */
  credential: Credential | null;
  canAdd: boolean;
  canRemove: boolean;
  /** Whether a fresh proof of the strength that the account has stands. */
  proven: boolean;
  /** How to prove it; null when nothing needs it. */
  proof: Proof | null;
};

/** Returns a short mark that tells credentials apart without holding one. */
export function tagOf(credential: Credential): string {
  return hashOf(credential.value).slice(0, 16);
}

/** Returns what a visit may do now. */
export function standingOf(core: Core, visit: SignedInVisit, account: AccountRecord): Standing {
  const { session, person } = visit;
  const now = core.clock.now();
  const credential = session.credential && session.credential.expiresAt > now ? session.credential : null;
  const fresh = session.provenAt !== null && session.provenAt > now - core.settings.proofSeconds * 1000;
  // An mfa_token stands for a password alone. Once there is something stronger, only that counts as a proof, and while it
  // is not known what there is, nothing does.
  const passwordIsAll = account.list !== null && !isEnrolled(account.list.items);
  const proven = fresh && (credential?.kind === "mfaJwt" || (credential?.kind === "mfaToken" && passwordIsAll));
  const timeLeft = credential !== null && credential.expiresAt > now + TIME_TO_ENROLL_MS;
  const canAdd = proven && timeLeft;
  const canRemove = proven && credential?.kind === "mfaJwt";
  return { credential, canAdd, canRemove, proven, proof: canAdd && canRemove ? null : proofOf() };

  function proofOf(): Proof {
    if (credential?.kind === "mfaToken" && account.list && isEnrolled(account.list.items)) {
      const items = account.list.items;
      const recoveryCode = items.some((item) => item.kind === "recovery_code" && item.active);
      return { by: "challenge", methods: authenticatorsOf(items, listContextOf(core, visit)), recoveryCode };
    }
    return { by: person.way === "password" ? "password" : "redirect" };
  }
}
