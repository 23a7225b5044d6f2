import type { EnrollmentClient } from "../client/enrollment-client.ts";
import type { SessionView } from "../contract/session-view.ts";
import type { WizardEvent } from "../wizard/event.ts";
import type { WizardState } from "../wizard/state.ts";
import type { AskRequest } from "./request.ts";

/** Describes what commands work on: the present facts, and the ways to change them. */
export type CommandParts = {
  readonly client: EnrollmentClient;
  readonly state: () => WizardState;
  readonly view: () => SessionView | null;
  readonly happened: (event: WizardEvent) => void;
  readonly ask: (request: AskRequest) => void;
  /** Asks what nobody pressed a button for. */
  readonly askQuietly: (request: AskRequest) => void;
  readonly returnTo: () => string;
  /** Returns the id of whoever is or was signed in last; undefined while nobody was. */
  readonly typedBy: () => string | undefined;
};
