import fc from "fast-check";
import type { Category, Mutation } from "./category.ts";
import { changesOf, complaintsOf, complaintsOfCalls, complaintsOfLine, complaintsOfLog } from "./judge.ts";
import { complaintsOfText, sayTo } from "./socket.ts";
import { createTally, note, type Tally } from "./tally.ts";
import { createWorld, type Seen, type World } from "./world.ts";

/** Thirty cases to a back end: building one costs about as much as ten of them. */
const PER_WORLD = 30;

/** Describes how often each category is played, and which draws. The same seed draws the same. */
export type Campaign = { readonly runs: number; readonly seed: number };

/** Plays a category and returns what came of it. */
export async function play(category: Category, { runs, seed }: Campaign): Promise<Tally> {
  const tally = createTally(`${category.name}, seed ${seed}`);
  const { scenes, perWorld = PER_WORLD, rare = 1 } = category;
  const mutations = fc.sample(category.draw, { numRuns: Math.max(1, Math.round(runs / rare)), seed });
  for (let from = 0; from < mutations.length; from += perWorld) {
    const scene = scenes[(Math.abs(seed) + from / perWorld) % scenes.length];
    if (!scene) throw new Error(`${category.name} has no scene.`);
    await playIn(await createWorld(scene), category, mutations.slice(from, from + perWorld), tally);
  }
  return tally;
}

/** Plays mutations one after another in one world, each followed by a control, and at the end the request itself. */
async function playIn(world: World, category: Category, mutations: readonly Mutation[], tally: Tally): Promise<void> {
  let before = await world.look();
  for (const mutation of mutations) {
    const isHostile = category.kind === "hostile";
    const why = mutation.reads?.() === false ? ["the page does not read it as what was meant"] : [];
    if (isHostile) why.push(...(await refusalOf(world, mutation)));
    // A number that is written otherwise is judged alone here; it is sent at the end, for each of them costs a message.
    else if (!mutation.reads) why.push(...(await readingOf(world, mutation, before)));
    const after = await world.look();
    if (isHostile) why.push(...changesOf(before, after, category.costsTry ?? false));
    before = after;
    note(tally, isHostile ? "refused" : "benign", mutation.shown, why);
    note(tally, "control", mutation.shown, before.status === 200 ? [] : [`the session was answered ${before.status}`]);
  }
  await playItself(world, category, mutations.at(-1), tally);
}

/** Sends the request that was mutated so far as it is; of a benign category, mutated. It must be accepted. */
async function playItself(world: World, { kind }: Category, last: Mutation | undefined, tally: Tally): Promise<void> {
  const isBenign = kind === "benign" && last?.of !== undefined;
  const wire = world.wire();
  const { status, text } = await world.send(isBenign && last?.of ? await last.of(wire, world) : wire);
  const why = status === 200 ? [] : [`it was answered with ${status}: ${text}`];
  if (last?.came?.(world) === false) why.push("it did not do what was meant");
  note(tally, isBenign ? "benign" : "control", isBenign ? last.shown : "the request itself", [
    ...why,
    ...complaintsOfCalls(world.calls),
  ]);
}

async function refusalOf(world: World, mutation: Mutation): Promise<string[]> {
  if (mutation.text) {
    const from = world.lines.length;
    const heard = await sayTo(world, world.wire(), mutation.text);
    return [...complaintsOfText(heard), ...world.lines.slice(from).flatMap(complaintsOfLine)];
  }
  if (!mutation.of) return ["there is nothing to send"];
  const sent = await mutation.of(world.wire(), world);
  return complaintsOf(sent, await world.send(sent));
}

async function readingOf(world: World, mutation: Mutation, before: Seen): Promise<string[]> {
  if (mutation.text) {
    const heard = await sayTo(world, world.reading(), mutation.text);
    return heard.startsWith("HTTP/1.1 200 ") ? [] : [`it was answered with ${heard}`];
  }
  const sent = await (mutation.of?.(world.reading(), world) ?? world.reading());
  const heard = await world.send(sent);
  const found = complaintsOfLog(sent, heard.lines);
  if (heard.status !== 200) found.push(`it was answered with ${heard.status}: ${heard.text}`);
  if (heard.text !== before.view) found.push("it was answered with another session");
  return found;
}
