import type { SessionView } from "../../src/contract/session-view.ts";
import type { Enrollment } from "../../src/ui/enrollment.ts";
import { sampleEnrollment, samplePhone, sampleView } from "../../src/wizard/sample-views.ts";
import type { Pending, StateOf, Step, WizardState } from "../../src/wizard/state.ts";

/** What somebody does on a screen to see all of it. Nothing of it is answered by anybody. */
export type Act =
  | { readonly press: string }
  | { readonly write: string; readonly into: string }
  /** Leaves the field that has the focus. */
  | "leave"
  /** Looks at another page for a moment. */
  | "look away"
  | "go offline";

/** One screen as it can be met: where the person is, what is known, and what they have done there since. */
export interface Sample<State extends WizardState = WizardState> {
  readonly state: State;
  /** What is known; a session in which nothing is enrolled yet when left out. */
  readonly view?: SessionView | null;
  readonly busy?: true;
  readonly failure?: Enrollment["failure"];
  readonly unread?: Enrollment["unread"];
  /** Seconds that have gone by since the session was read. */
  readonly later?: number;
  /** A browser that neither copies nor saves nor shares. */
  readonly denies?: true;
  /** A part of the program fails while it is drawn. */
  readonly fails?: true;
  /** The wizard alone instead of the panel around it. */
  readonly alone?: true;
  /** A host that wants the end of the recovery code typed back. */
  readonly asksBack?: true;
  readonly acts?: readonly Act[];
}

/** Samples by what a person would call them. */
export type Samples<Name extends Step> = Readonly<Record<string, Sample<StateOf<Name>>>>;

/** The instant at which all samples were read, in epoch ms. */
export const NOW = sampleView().now;

/** An address that is long even when it is masked, and has nowhere to break. */
export const LONG = "margarethe-elisabeth.v•••••••••••@correspondence.subsidiary-of-a-long-company-name.example.com";

/** What every screen of a pending enrollment has. */
export const pending: Pending = {
  enrollment: sampleEnrollment(),
  contact: "+12025550123",
  channels: ["sms", "voice", "email"],
  chose: true,
  known: [],
  problem: null,
};

/** Somebody's methods, one of each kind. */
export const methods = [
  samplePhone({ lastUsedAt: NOW }),
  samplePhone({ id: "email-1", channels: ["email"], contact: LONG }),
  samplePhone({ id: "email-2", channels: ["email"], contact: "k••••@e••••.example", automatic: true, addedAt: null }),
  samplePhone({ id: "app-1", channels: ["otp"], contact: null }),
  samplePhone({ id: "push-1", channels: ["push"], contact: "Kim’s phone" }),
];
