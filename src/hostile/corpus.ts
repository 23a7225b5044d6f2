import { bodies } from "./bodies.ts";
import type { Category } from "./category.ts";
import { code } from "./code.ts";
import { cookies } from "./cookies.ts";
import { email } from "./email.ts";
import { headers } from "./headers.ts";
import { paths } from "./paths.ts";
import { phone } from "./phone.ts";
import { type Campaign, play } from "./play.ts";
import { playTenant } from "./play-tenant.ts";
import { recovery } from "./recovery.ts";
import { add, createTally, type Tally } from "./tally.ts";
import { tenantAnswers } from "./tenant-answers.ts";

/** Describes one category of the corpus, whichever side it comes from. */
export type Playable = {
  readonly name: string;
  readonly rare?: number;
  readonly play: (campaign: Campaign) => Promise<Tally>;
};

const requests = (categories: readonly Category[]): Playable[] =>
  categories.map((category) => ({ ...category, play: (campaign) => play(category, campaign) }));

/** The corpus of hostile and odd requests and answers, by set. */
export const corpus = {
  phone: requests(phone),
  email: requests(email),
  code: requests(code),
  recovery: requests(recovery),
  headers: requests(headers),
  bodies: requests(bodies),
  cookies: requests(cookies),
  paths: requests(paths),
  "tenant answers": tenantAnswers.map(
    (category): Playable => ({ ...category, play: (campaign) => playTenant(category, campaign) }),
  ),
} as const satisfies Record<string, readonly Playable[]>;

/** Names a set of the corpus. */
export type SetName = keyof typeof corpus;

/** Lists the sets. */
export const SETS = Object.keys(corpus).filter((name): name is SetName => name in corpus);

/** Returns how often each category is played so that all of them come to so many cases. */
export function runsFor(cases: number): number {
  const shares = SETS.flatMap((name) => corpus[name]).map(({ rare = 1 }) => 1 / rare);
  return Math.max(1, Math.round(cases / shares.reduce((sum, share) => sum + share, 0)));
}

/** Plays a set and returns what came of it. Each category has draws of its own. */
export async function playSet(name: SetName, { runs, seed }: Campaign): Promise<Tally> {
  const all = createTally(name);
  for (const [at, category] of corpus[name].entries()) add(all, await category.play({ runs, seed: seed * 1_000 + at }));
  return all;
}

/** Plays one category of a set, by its name, and returns what came of it. */
export function playCategory(set: SetName, name: string, campaign: Campaign): Promise<Tally> {
  const found = corpus[set].find((category) => category.name === name);
  if (!found) throw new Error(`There is no category "${name}" of ${set}.`);
  return found.play(campaign);
}
