import type { Step, Stopped } from "../../src/wizard/state.ts";
import * as code from "./code-samples.ts";
import * as panel from "./panel-samples.ts";
import { everyStop } from "./refusals.ts";
import type { Sample, Samples } from "./sample.ts";

/** Ten minutes: by then every wait of the samples is over. */
const LATER = 600;

/** Every step with the ways it can look. A step without any does not compile. */
const BY_STEP: { readonly [Name in Step]: Samples<Name> } = {
  waiting: panel.waiting,
  closed: panel.panel,
  signingIn: panel.signIns,
  choosingChannel: code.choices,
  enteringContact: code.contacts,
  awaitingSend: code.sends,
  facingLostSend: code.lostSends,
  enteringCode: code.codes,
  awaitingOutcome: code.outcomes,
  choosingProof: code.proofs,
  enteringProof: code.proving,
  enteringPassword: code.passwords,
  leavingForProof: code.departures,
  savingRecoveryCode: panel.saving,
  done: panel.ends,
  doneWithoutRecoveryCode: panel.endsWithoutCode,
  confirmingRemoval: panel.removal,
  stopped: Object.fromEntries(everyStop().flatMap(stopped)),
};

/** A stop with a time has another way on once that time has come. */
function stopped(state: Stopped): [string, Sample<Stopped>][] {
  const { code } = state.why;
  const now: [string, Sample<Stopped>] = [code, { state }];
  return "retryAt" in state.why ? [now, [`${code}, later`, { state, later: LATER }]] : [now];
}

const EVERY: readonly (readonly [string, Readonly<Record<string, Sample>>])[] = Object.entries(BY_STEP);

/** Every sample, named by its step and what a person would call it. */
export const SAMPLES: ReadonlyMap<string, Sample> = new Map(
  EVERY.flatMap(([step, samples]) =>
    Object.entries(samples).map(([name, sample]): [string, Sample] => [`${step}: ${name}`, sample]),
  ),
);
