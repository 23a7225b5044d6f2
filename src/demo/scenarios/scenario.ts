import type { FaultRule } from "../../simulator/faults.ts";
import type { Simulator } from "../../simulator/simulator.ts";
import type { DemoClock } from "../demo-clock.ts";
import type { DemoChange } from "../demo-view.ts";
import type { PageLine } from "../page-line.ts";
import type { Visitor } from "../visitor.ts";

/** What a scenario is set on: a demo as it starts, with nobody signed in. */
export interface Stage {
  /** The simulated tenant: its people, settings and faults. */
  tenant: Simulator;
  clock: DemoClock;
  /** The connection between the page and the BFF. */
  line: PageLine;
  /** Whoever will find the page open; nobody has signed in yet. */
  visitor: Visitor;
  /** Turns the demo's switches. */
  change(wanted: DemoChange): void;
  /** Adds settings of the BFF by their names, before the visitor does anything; an empty one takes the demo's own away. */
  configure(settings: Readonly<Record<string, string>>): void;
}

/** A situation that a link puts the demo into. */
export interface Scenario {
  /** As in the link: `?scenario=NAME`. */
  name: string;
  /** One sentence. */
  title: string;
  /** What whoever looks is asked to do. */
  todo: string;
  /** What happens then, in the screen's own words where they are what matters. */
  expect: string;
  /** A step of the clock that the dock offers, in seconds. */
  laterSeconds?: number;
  /** Brings the situation about. */
  set(stage: Stage): Promise<void> | void;
}

/** Scenarios that belong together, in the order in which they are listed. */
export interface ScenarioGroup {
  title: string;
  scenarios: readonly Scenario[];
}

/** Signs in somebody who has nothing yet. */
export function startSignedIn({ visitor }: Pick<Stage, "visitor">): Promise<void> {
  return visitor.signIn("robin@example.com");
}

/** Makes the tenant's answer to the first enrollment another one than it would be. */
export function troubleEnrolling({ tenant }: Pick<Stage, "tenant">, fault: Pick<FaultRule, "phase" | "action">): void {
  tenant.faults.add({ route: "POST /mfa/associate", nth: 1, ...fault });
}

/** Signs in somebody who has nothing yet, who then asks for a code by text. */
export async function startWithText({ visitor }: Pick<Stage, "visitor">): Promise<void> {
  await startSignedIn({ visitor });
  await visitor.askForText("+12025550142");
}

/** Signs in somebody who has a phone, who then proves it with a text. */
export async function startProven({ visitor }: Pick<Stage, "visitor">): Promise<void> {
  await visitor.signIn("kim@example.com");
  await visitor.prove();
}
