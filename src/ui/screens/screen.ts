import type { StateOf, Step } from "../../wizard/state.ts";
import type { Commands } from "../commands.ts";

/** Describes what every screen is given: its own state and nothing of any other, the commands, and whether one is on its way. */
export type ScreenProps<Name extends Step> = {
  readonly state: StateOf<Name>;
  readonly commands: Commands;
  readonly busy: boolean;
};
