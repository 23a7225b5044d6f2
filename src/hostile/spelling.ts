import type fc from "fast-check";
import type { Category, Mutation } from "./category.ts";
import type { Scene } from "./scenes.ts";
import { withMember } from "./wire.ts";

/** Describes what somebody typed, and the one contact that it means. */
export type Spelled = { readonly typed: string; readonly meant: string };

/** Creates a category of ways to write a contact, each of which must reach the contact that is meant. */
export function spelledContact(
  name: string,
  scene: Scene,
  values: fc.Arbitrary<Spelled>,
  read: (typed: string) => string | null,
): Category {
  const mutation = ({ typed, meant }: Spelled): Mutation => ({
    shown: JSON.stringify(typed),
    of: (wire) => withMember(wire, "contact", typed),
    reads: () => read(typed) === meant,
    came: ({ stack }) => stack.simulator.outbox.list().at(-1)?.to === meant,
  });
  return { name, kind: "benign", scenes: [scene], draw: values.map(mutation) };
}
