import fc from "fast-check";
import { answers } from "../contract/answers.ts";
import { problemSchema } from "../contract/problem.ts";
import { createUndiciUpstream } from "../bff/undici-upstream.ts";
import type { Upstream } from "../bff/upstream.ts";
import { complaintsOfLine } from "./judge.ts";
import type { Campaign } from "./play.ts";
import { type Scene, scenes } from "./scenes.ts";
import { createTally, note, type Tally } from "./tally.ts";
import { PLANTED, type TenantCategory } from "./answer-steps.ts";
import { openTenantLine } from "./tenant-line.ts";
import { createWorld, type Heard, type World } from "./world.ts";

/*
 * Plays hostile answers of the tenant: the person does what is accepted, and what comes back from behind is not what it should be.
 */

/** A twentieth of a second: what never comes is not waited for any longer than that. */
const ENOUGH_MS = 50;
/** The list is read anew after thirty seconds. */
const LIST_AGE_MS = 31_000;
/** One case in ten is played where something is under way, in a world of its own. */
const UNDER_WAY = 10;

const CHANGES: readonly Scene[] = [scenes.start, scenes.confirm, scenes.challenge, scenes.verify, scenes.remove];

/** Plays a category of answers and returns what came of it. */
export async function playTenant(category: TenantCategory, { runs, seed }: Campaign): Promise<Tally> {
  const tally = createTally(`${category.name}, seed ${seed}`);
  const line = await openTenantLine();
  const wire = createUndiciUpstream(line.origin);
  const numRuns = Math.max(1, Math.round(runs / (category.rare ?? 1)));
  let reading: World | null = null;
  try {
    for (const [at, change] of fc.sample(category.draw, { numRuns, seed }).entries()) {
      const isChange = at % UNDER_WAY === 0;
      const scene = CHANGES[(Math.abs(seed) + at / UNDER_WAY) % CHANGES.length] ?? scenes.start;
      if (isChange || reading === null || category.ends) reading = await createWorld(isChange ? scene : scenes.read);
      await playOne(reading, wire, (honest) => line.say(change(honest)), tally);
      // Where something is under way, what came of it is another place.
      if (isChange) reading = null;
    }
  } finally {
    await wire.close();
    await line.close();
  }
  return tally;
}

/** Has the honest answer given, spoilt and sent over a socket; then sees that the next request is an ordinary one. */
async function playOne(world: World, wire: Upstream, spoil: (honest: string) => void, tally: Tally): Promise<void> {
  if (world.scene.route === "session") await world.stack.clock.advance(LIST_AGE_MS);
  let struck = 0;
  world.spoil((honest) => async (request) => {
    struck += 1;
    spoil((await honest(request)).text);
    return wire({ ...request, timeoutMs: ENOUGH_MS });
  });
  const heard = await world.send(world.wire());
  world.spoil(null);
  const why = complaintsOf(world, heard);
  if (struck === 0) why.push("the tenant was not asked");
  note(tally, heard.status === 200 ? "benign" : "refused", world.scene.route, why);
  const { status, view } = await world.look();
  note(tally, "control", "the session", status === 200 ? [] : [`it was answered with ${status}: ${view}`]);
}

function complaintsOf({ scene }: World, { status, headers, text, lines }: Heard): string[] {
  const found = lines.flatMap(complaintsOfLine);
  const body: unknown = JSON.parse(text);
  if (status === 500) found.push("it was answered with 500");
  const isRead = status === 200 ? answers[scene.route].safeParse(body).success : problemSchema.safeParse(body).success;
  if (!isRead) found.push(`not of the catalogue: ${text.slice(0, 200)}`);
  const said = [text, ...headers.flat(), ...lines].join("\n");
  if (said.includes(PLANTED) || said.includes("<script>")) found.push(`it passes something on: ${said.slice(0, 900)}`);
  return found;
}
