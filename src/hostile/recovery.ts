import fc from "fast-check";
import { ledgerCount } from "../journeys/errands.ts";
import { benign, type Category, hostile, once } from "./category.ts";
import { scenes } from "./scenes.ts";
import { withHeader, withMember } from "./wire.ts";
import { keptIn } from "./world.ts";

/*
 * The recovery code. It is shown to the visit that earned it until that says it is saved, and replaced only by somebody who has
 * just proven who they are.
 */

const text = fc.stringMatching(/^[\w-]{22}$/);
const code = fc.stringMatching(/^[A-Z0-9]{24}$/);

/** Lists the categories of the recovery code. */
export const recovery: readonly Category[] = [
  hostile("saved before it was shown", { scenes: [scenes.reveal] }, once, (_, _wire, world) =>
    world.ask("acknowledge", {}),
  ),
  // Nothing is left to do away with: the answer is what is true, as to the first time.
  benign("saved twice", { scenes: [scenes.afterSaved] }, once, (_, _wire, world) => world.ask("acknowledge", {})),
  hostile("saved for another enrollment", { scenes: [scenes.acknowledge] }, text, (id, wire) =>
    withMember(wire, "enrollmentId", id),
  ),
  hostile("shown after it was saved", { scenes: [scenes.afterSaved] }, once, (_, _wire, world) =>
    world.ask("recoveryCode", {}),
  ),
  hostile("shown to another visit", { scenes: [scenes.revealBesideAnother] }, once, (_, wire, world) =>
    withHeader(wire, "cookie", keptIn(world, "of an unproven visit")),
  ),
  hostile("replaced without a proof", { scenes: [scenes.renew] }, once, (_, wire, world) =>
    withHeader(wire, "cookie", keptIn(world, "of an unproven visit")),
  ),
  replacedTwice(),
  hostile("a recovery code for a code", { scenes: [scenes.confirm, scenes.verify] }, code, (typed, wire) =>
    withMember(wire, "code", typed),
  ),
];

/** Two wishes at once, each with a key of its own: the tenant makes one new code. */
function replacedTwice(): Category {
  return {
    name: "replaced twice at once",
    kind: "benign",
    scenes: [scenes.renew],
    perWorld: 1,
    rare: 10,
    draw: once.map(() => ({
      shown: "two at once",
      of(wire, world) {
        if (wire.method === "GET") return wire;
        void world.send(world.wire());
        return wire;
      },
      came: ({ stack }) => ledgerCount(stack, "recoveryCodeIssued") === 2,
    })),
  };
}
