import fc from "fast-check";
import type { Wire } from "./wire.ts";
import type { Scene } from "./scenes.ts";
import type { World } from "./world.ts";

/*
 * The corpus is made of named categories. Each draws mutations of a request that is accepted where it is sent: one change, and
 * everything else as the page would send it.
 */

/** Describes one mutation. */
export type Mutation = {
  /** For a report: what was put into the request. */
  readonly shown: string;
  /** Returns the mutated request. */
  readonly of?: (wire: Wire, world: World) => Wire | Promise<Wire>;
  /** Returns the mutated text of the HTTP/1.1 request, for what no library would send; several parts are sent one after another. */
  readonly text?: (text: string) => string | readonly string[];
  /** Tells whether the page reads what was typed as what was meant. */
  readonly reads?: () => boolean;
  /** Tells, once the mutated request was accepted, whether it did what was meant. */
  readonly came?: (world: World) => boolean;
};

/** Describes one category of the corpus. */
export type Category = {
  readonly name: string;
  /** `hostile` is refused; `benign` is accepted, with the effect that was meant. */
  readonly kind: "hostile" | "benign";
  /** The scenes it is played in, one after another. */
  readonly scenes: readonly Scene[];
  readonly draw: fc.Arbitrary<Mutation>;
  /** Plays in a scene before it is begun anew: where each one costs a try, no more than there are tries. */
  readonly perWorld?: number;
  /** How many plays stand for one of the others: for what holds a connection open. */
  readonly rare?: number;
  /** True where a wrong code reaches the tenant, as it must: it costs one try and nothing else. */
  readonly costsTry?: boolean;
};

type Draw = Omit<Category, "name" | "kind" | "draw">;

/** Creates a category whose every play must be refused. */
export function hostile<T>(
  name: string,
  options: Draw,
  values: fc.Arbitrary<T>,
  of: (value: T, wire: Wire, world: World) => Wire | Promise<Wire>,
): Category {
  return { ...options, name, kind: "hostile", draw: values.map((value) => mutation(value, of)) };
}

/** Creates a category whose every play has the effect of the request it was made from. */
export function benign<T>(
  name: string,
  options: Draw,
  values: fc.Arbitrary<T>,
  of: (value: T, wire: Wire, world: World) => Wire | Promise<Wire>,
): Category {
  return { ...hostile(name, options, values, of), kind: "benign" };
}

/** Creates a category of requests that only a socket can send; every play must be refused, or the connection ended. */
export function onSocket<T>(
  name: string,
  options: Draw,
  values: fc.Arbitrary<T>,
  text: (value: T, text: string) => string | readonly string[],
): Category {
  const draw = values.map((value) => ({ shown: shownOf(value), text: (plain: string) => text(value, plain) }));
  return { ...options, name, kind: "hostile", draw };
}

/** Draws nothing: for a category with one way to be said. */
export const once = fc.constant(null);

function mutation<T>(value: T, of: (value: T, wire: Wire, world: World) => Wire | Promise<Wire>): Mutation {
  return { shown: shownOf(value), of: (wire, world) => of(value, wire, world) };
}

/** A hundred and twenty characters say which one it was; some are ten thousand long. */
function shownOf(value: unknown): string {
  return (JSON.stringify(value) ?? "").slice(0, 120);
}
