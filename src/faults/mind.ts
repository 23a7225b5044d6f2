import { contactOf } from "./goal.ts";
import type { Errand } from "./schedule.ts";

/** What a person remembers of the run so far. */
export type Mind = {
  /** The contact they want to add. */
  readonly contact: string;
  readonly email: string;
  /** How often they asked for a message; one message at most is right for each. */
  asked: number;
  /** The codes they handed in, in order. */
  readonly handedIn: string[];
  readonly refused: Set<string>;
  /** The recovery codes that they saw and said they had saved. */
  readonly saved: string[];
  /** True once they were told that a recovery code got lost. */
  toldOfLoss: boolean;
  wasSignedIn: boolean;
  /** True while what they typed should come back by itself. */
  hasTyped: boolean;
  retyped: number;
  /** Set by a schedule: the next code is mistyped, the next button is pressed twice. */
  mistypesNext: boolean;
  pressesTwiceNext: boolean;
  /** Set by a schedule: the next offer of a new recovery code is put off once. */
  putsOffNext: boolean;
  /** True once a new recovery code was refused for now: asking again at once is of no use. */
  mayNotRenew: boolean;
  /** How often they met a screen that leads no further. */
  stops: number;
};

/** Returns the mind of somebody who has not seen anything yet. */
export function newMind(errand: Errand): Mind {
  return {
    contact: contactOf(errand),
    email: `${errand.who}@example.com`,
    asked: 0,
    handedIn: [],
    refused: new Set(),
    saved: [],
    toldOfLoss: false,
    wasSignedIn: false,
    hasTyped: false,
    retyped: 0,
    mistypesNext: false,
    pressesTwiceNext: false,
    putsOffNext: false,
    mayNotRenew: false,
    stops: 0,
  };
}
