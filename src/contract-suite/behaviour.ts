import type { Stage } from "./stage.ts";
import type { Need } from "./target.ts";

/**
 * Where a behaviour is known from: Auth0's documents, recordings of a real tenant, the sources and tests of its own
 * clients, or reports of people who met it. `undocumented` is a decision of the simulator and is asked of nobody else.
 */
export type Source = "documented" | "recorded" | "sdk" | "reported" | "undocumented";

/** One thing a tenant does, told as requests and the answers to them. */
export interface Behaviour {
  /** Endpoint, condition, status, error and description, in one sentence. */
  readonly title: string;
  readonly source: Source;
  readonly needs: readonly Need[];
  /** Rejects, with a sentence about the difference, when the tenant behaves otherwise. */
  readonly run: (stage: Stage) => Promise<void>;
}

type Tell = (title: string, needs: readonly Need[], run: Behaviour["run"]) => Behaviour;

const from =
  (source: Source): Tell =>
  (title, needs, run) => ({ title, source, needs, run });

/** Tells a behaviour that Auth0's documents describe. */
export const documented: Tell = from("documented");
/** Tells a behaviour that was seen in recorded traffic. */
export const recorded: Tell = from("recorded");
/** Tells a behaviour that Auth0's own clients rely on. */
export const sdk: Tell = from("sdk");
/** Tells a behaviour that people who run tenants reported. */
export const reported: Tell = from("reported");

/** Tells a behaviour that no source settles. It needs switches whatever else it needs, so that no real tenant is held to it. */
export const undocumented: Tell = (title, needs, run) => {
  return from("undocumented")(title, [...new Set<Need>([...needs, "newPerson", "switches"])], run);
};
