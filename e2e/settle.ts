declare global {
  /** How many animations and transitions have begun on the page since it was first looked at. */
  var motionsBegun: number | undefined;
}

/**
 * Runs in the page: waits until what is being faded or moved has ended, and returns how many motions have begun since it
 * was first called there. Two equal answers say that nothing has moved in between.
 */
export async function settle(): Promise<number> {
  if (globalThis.motionsBegun === undefined) {
    globalThis.motionsBegun = 0;
    const count = () => {
      globalThis.motionsBegun = (globalThis.motionsBegun ?? 0) + 1;
    };
    for (const begin of ["animationstart", "transitionrun"]) document.addEventListener(begin, count, true);
  }
  const ending = document
    .getAnimations()
    .filter(({ effect }) => Number(effect?.getComputedTiming().endTime) < Infinity);
  await Promise.allSettled(ending.map(({ finished }) => finished));
  return globalThis.motionsBegun;
}

/** How often a screen is looked at anew; one that still moves then never comes to rest. */
const LOOKS = 5;

/** Returns what was seen of a screen while nothing moved on it: what is being faded in has colours of the moment. */
export async function seenAtRest<Seen>(settled: () => Promise<number>, look: () => Promise<Seen>): Promise<Seen> {
  let begun = await settled();
  for (let count = 0; count < LOOKS; count += 1) {
    const seen = await look();
    const before = begun;
    begun = await settled();
    if (begun === before) return seen;
  }
  throw new Error("The screen has not come to rest.");
}
