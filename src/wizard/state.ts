import type { Authenticator } from "../contract/authenticator.ts";
import type { Channel, MessageChannel } from "../contract/channel.ts";
import type { Challenge, MessageEnrollment } from "../contract/enrollment.ts";
import type { Problem } from "../contract/problem.ts";
import type { Proof, SessionView } from "../contract/session-view.ts";

/*
 * This room knows where the person is and the facts that got them there. One variant a screen, with that screen's data
 * alone. It must never know React, a clock, the network or a document: what happened comes in as an event.
 */

/** Describes where a proof, once given, leads back to. A `contact` of null was typed before a reload and is asked for again. */
export type Then =
  | { readonly to: "closed" | "list" | "choosing" }
  | { readonly to: "recovery_code"; readonly added: Added | null }
  | {
      readonly to: "contact";
      readonly channel: MessageChannel;
      readonly contact: string | null;
      readonly replaces: string | null;
      readonly chose: boolean;
    }
  | { readonly to: "removal"; readonly authenticator: Authenticator };

/** Describes a channel that can be chosen, with the methods that have it already and could be replaced. */
export type ChannelChoice = { readonly channel: MessageChannel; readonly enrolled: readonly Authenticator[] };

/** Describes what a confirmed enrollment changed. */
export type Added = { readonly channel: Channel; readonly contact: string | null; readonly replaced: boolean };

/** Describes the offer to end the person's other sessions, made after each change of their methods. */
export type OtherSessions = { readonly ended: boolean; readonly problem: Problem | null };

type Refusable = { readonly problem: Problem | null };

/** Waits for the first answer; `opens` is true where the wizard stands alone and starts without being asked. */
export type Waiting = { readonly step: "waiting"; readonly opens: boolean };

/** Rests: the settings panel is what is shown. `others` is there after a removal. */
export type Closed = { readonly step: "closed"; readonly others?: OtherSessions };

/** Nobody is signed in, or nobody is any more. */
export type SigningIn = Refusable & {
  readonly step: "signingIn";
  readonly signIn: SessionView["signIn"];
  readonly again: boolean;
  readonly then: Then;
};

/** Chooses how to be reached. */
export type ChoosingChannel = {
  readonly step: "choosingChannel";
  readonly choices: readonly ChannelChoice[];
};

/**
 * Types a number or an address. `contact` is kept in full until the enrollment is confirmed; null while it is asked for.
 * `chose` tells whether choosing the channel was a step of its own.
 */
export type EnteringContact = Refusable & {
  readonly step: "enteringContact";
  readonly channel: MessageChannel;
  readonly contact: string | null;
  readonly replaces: string | null;
  readonly channels: readonly MessageChannel[];
  readonly chose: boolean;
};

/** What the four screens of a pending enrollment share; `known` holds the ids that were listed before it. */
export type Pending = Refusable & {
  readonly enrollment: MessageEnrollment;
  readonly contact: string | null;
  readonly channels: readonly MessageChannel[];
  readonly chose: boolean;
  readonly known: readonly string[];
};

/** Waits to hear whether the code was sent. */
export type AwaitingSend = Pending & { readonly step: "awaitingSend" };

/** Decides what to do after the answer to sending was lost: the code that may arrive cannot be used. */
export type FacingLostSend = Pending & { readonly step: "facingLostSend" };

/** Types the code. */
export type EnteringCode = Pending & { readonly step: "enteringCode" };

/** Waits to hear whether the code that was handed in counted. */
export type AwaitingOutcome = Pending & { readonly step: "awaitingOutcome" };

/** Picks one of the methods to prove who is there. */
export type ChoosingProof = Refusable & {
  readonly step: "choosingProof";
  readonly methods: Extract<Proof, { by: "challenge" }>["methods"];
  readonly recoveryCode: boolean;
  readonly then: Then;
};

/** Types the code of a challenge, or approves it on the phone. */
export type EnteringProof = Refusable & {
  readonly step: "enteringProof";
  readonly challenge: Challenge;
  readonly then: Then;
};

/** Types the password again. */
export type EnteringPassword = Refusable & { readonly step: "enteringPassword"; readonly then: Then };

/** Is about to leave for the sign-in page and to come back. */
export type LeavingForProof = Refusable & {
  readonly step: "leavingForProof";
  readonly signInProblem: SessionView["signIn"]["problem"];
  readonly then: Then;
};

/** Saves the recovery code; `codes` is null until they were fetched and gone as soon as the screen is left. `steps` is null off the way. */
export type SavingRecoveryCode = Refusable & {
  readonly step: "savingRecoveryCode";
  readonly codes: readonly string[] | null;
  readonly added: Added | null;
  readonly steps: number | null;
  readonly then: Then;
};

/** Reads what changed. `steps` is null where saving the recovery code was the last step. */
export type Done = {
  readonly step: "done";
  readonly added: Added;
  readonly steps: number | null;
  readonly others: OtherSessions;
};

/** Reads that the method is on while the recovery code is lost; `canRenew` where a new one can be had here. */
export type DoneWithoutRecoveryCode = Refusable & {
  readonly step: "doneWithoutRecoveryCode";
  readonly added: Added | null;
  readonly canRenew: boolean;
};

/** Decides whether a method really goes. */
export type ConfirmingRemoval = Refusable & {
  readonly step: "confirmingRemoval";
  readonly authenticator: Authenticator;
};

/** Names why somebody was stopped without a refusal: the enrollment ended unseen, went on in another tab, or nothing is offered. */
export type OwnStop = "enrollment_ended" | "continued_elsewhere" | "nothing_offered";

/** Says why somebody was stopped. */
export type Stop = Problem | { readonly code: OwnStop };

/** Was stopped; `on` is the screen to return to, where there is one. */
export type Stopped = {
  readonly step: "stopped";
  readonly why: Stop;
  readonly on: WizardState | null;
};

/** Describes where the person is. */
export type WizardState =
  | Waiting
  | Closed
  | SigningIn
  | ChoosingChannel
  | EnteringContact
  | AwaitingSend
  | FacingLostSend
  | EnteringCode
  | AwaitingOutcome
  | ChoosingProof
  | EnteringProof
  | EnteringPassword
  | LeavingForProof
  | SavingRecoveryCode
  | Done
  | DoneWithoutRecoveryCode
  | ConfirmingRemoval
  | Stopped;

/** Names a screen. */
export type Step = WizardState["step"];

/** Describes the screen of one step. */
export type StateOf<Name extends Step> = Extract<WizardState, { step: Name }>;
