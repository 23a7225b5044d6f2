import { setTimeout as pause } from "node:timers/promises";
import type { Stage } from "../canaries/stage.ts";
import { openVisitor } from "../cluster/visitor.ts";
import { sayOutcome } from "../kills/page.ts";

/** What somebody saw who went on looking: how often, and what was wrong, one sentence each. */
export type Readings = { readings: number; faults: string[] };

/** Four looks a second: far more than a page asks, which stands for the pages of many. */
const READ_EVERY_MS = 250;

/** Signs in, reads the session again and again, and signs in once more when the visit has ended, which reading does not prevent. */
export async function keepReading({
  stage,
  id,
  isOver,
}: {
  stage: Stage;
  id: number;
  isOver: () => boolean;
}): Promise<Readings> {
  const email = `reader-${id}@example.com`;
  const { password } = stage.tenant.simulator.people.add({ subject: `auth0|reader-${id}`, name: "Reader", email });
  const visitor = openVisitor(stage.origin, `10.9.0.${id + 1}`, () => {});
  const faults: string[] = [];
  let readings = 0;
  while (!isOver()) {
    const outcome = await visitor.client.session(null);
    readings += 1;
    if (outcome.kind !== "answered") faults.push(`A reading was ${sayOutcome(outcome)}.`);
    else if (outcome.answer.person === null) {
      const signedIn = await visitor.client.signIn({ way: "password", username: email, password });
      if (signedIn.kind !== "answered") faults.push(`A sign-in was ${sayOutcome(signedIn)}.`);
    }
    await pause(READ_EVERY_MS);
  }
  return { readings, faults };
}
