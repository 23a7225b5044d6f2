import type { Authenticator } from "../contract/authenticator.ts";
import type { MessageChannel } from "../contract/channel.ts";
import type { Problem } from "../contract/problem.ts";
import type { RouteName } from "../contract/routes.ts";
import type { SessionView } from "../contract/session-view.ts";
import type { Then } from "./state.ts";

/** Names a question to the service whose answer can move the person. */
export type Ask = Exclude<RouteName, "session" | "signOut" | "contact">;

/** Says what an answer is about: `id` names the enrollment, challenge or authenticator, null where there is none yet. */
export type About = { readonly ask: Ask; readonly id: string | null };

/** Describes something that happened, in the past tense. The first five come from the wire, the rest from the person. */
export type WizardEvent =
  /** The session was read, on arrival or again. */
  | { readonly type: "viewArrived"; readonly view: SessionView }
  | ({ readonly type: "answered"; readonly view: SessionView } & About)
  | ({ readonly type: "refused"; readonly problem: Problem } & About)
  | { readonly type: "recoveryCodeArrived"; readonly codes: readonly string[] }
  /** The full contact that was typed before a reload came back. */
  | { readonly type: "contactRecalled"; readonly channel: MessageChannel; readonly contact: string }
  /** Add, Back or "another method" was pressed. */
  | { readonly type: "channelListOpened"; readonly view: SessionView }
  | { readonly type: "channelChosen"; readonly channel: MessageChannel; readonly replaces: string | null }
  | { readonly type: "replacementChosen"; readonly authenticator: Authenticator; readonly view: SessionView }
  | { readonly type: "contactGiven"; readonly channel: MessageChannel; readonly contact: string }
  /** The screen of the contact went, and this stood in its field, perhaps half typed. */
  | { readonly type: "contactLeft"; readonly contact: string }
  /** "Change number" or "change address" was pressed. */
  | { readonly type: "contactReopened" }
  | { readonly type: "removalChosen"; readonly authenticator: Authenticator }
  /** "Confirm it's you" was pressed, or another way of doing so. */
  | { readonly type: "proofChosen"; readonly view: SessionView; readonly then: Then }
  /** What was left open on this screen, on an earlier visit or in another tab was taken up here. */
  | { readonly type: "flowTakenUp"; readonly view: SessionView }
  /** The page was left, perhaps to be shown again as it was: what is secret must not wait there. */
  | { readonly type: "pageLeft" }
  /** Somebody else is signed in than was: nothing of the first one is theirs. */
  | { readonly type: "personChanged" }
  /** The way on of a stopped screen was taken. */
  | { readonly type: "retried" }
  | { readonly type: "closed" };
