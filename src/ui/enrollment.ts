import type { QueryClient } from "@tanstack/react-query";
import type { EnrollmentClient, Unheard } from "../client/enrollment-client.ts";
import type { Problem } from "../contract/problem.ts";
import type { SessionView } from "../contract/session-view.ts";
import type { WizardEvent } from "../wizard/event.ts";
import type { WizardState } from "../wizard/state.ts";
import type { Commands } from "./commands.ts";

/** Describes a change as it is told to whoever listens: what happened, and the screens before and after. */
export type Change = { readonly event: WizardEvent; readonly before: WizardState; readonly after: WizardState };

/** Describes what the controller of one root needs. Everything it touches of the world is here. */
export type EnrollmentParts = {
  readonly client: EnrollmentClient;
  /** The host's own; each root has one of its own where there is none. One that is given once the engine is there is not taken. */
  readonly queryClient: QueryClient | undefined;
  /** Names the service among others of this origin; roots that share it, in any tab, tell each other of changes. */
  readonly service: string;
  /** Tells two roots on one page apart. */
  readonly instance: string;
  readonly now: () => number;
  readonly newKey: () => string;
  /** Leaves the page for the tenant's sign-in. */
  readonly navigate: (location: string) => void;
  /** Returns the path to come back to, asked when the person leaves. */
  readonly returnTo: () => string;
  /** Loads the page anew. */
  readonly reload: () => void;
  /** True where the wizard stands alone and starts by itself instead of resting behind a settings panel. */
  readonly opens: boolean;
  /** The session as a server has already read it; the first render then needs no request. */
  readonly initialView?: SessionView | undefined;
  readonly onChange?: (change: Change) => void;
};

/** Describes what the controller hands out. */
export type Enrollment = {
  readonly state: WizardState;
  readonly view: SessionView | null;
  readonly commands: Commands;
  /** True while the person's last action is on its way. */
  readonly busy: boolean;
  /** Why the last action did not get through; null when it did, or was refused. */
  readonly failure: Unheard | null;
  /** Sends the action that did not get through once more, with the key it had; loads the page anew where that is out of date. */
  readonly retry: () => void;
  /** Why nothing is known at all; null as soon as anything is. */
  readonly unread: Problem | Unheard | null;
  /** Reads the session again; loads the page anew where that is out of date. */
  readonly readAgain: () => void;
  /** Returns the server's clock, in epoch ms. */
  readonly serverNow: () => number;
};
