import type { Simulator } from "../simulator/simulator.ts";
import type { Mind } from "./mind.ts";
import type { Errand } from "./schedule.ts";
import type { Sight } from "./screen.ts";

/** Compares what screens say with what really happened. */
export type Witness = {
  readonly look: (sight: Sight, mind: Mind) => void;
  /** Each false claim once, in a sentence. */
  readonly falseClaims: ReadonlySet<string>;
};

/** Two seconds: as long as the page may need to hear of what happened. */
const NEWS_MS = 2_000;

/** The setting that nobody changes here. */
const TRIES_PER_CODE = 5;

const CODE_SCREENS: Readonly<Record<string, string>> = {
  "Enter the code we texted": "sms",
  "Enter the code from the call": "voice",
  "Enter the code we emailed": "email",
};

/** Returns a person's confirmed authenticators as the tenant has them. */
export function activeOf(simulator: Simulator, who: string) {
  return (simulator.people.get(`auth0|${who}`)?.authenticators ?? []).filter(({ active }) => active);
}

/** Returns how many of a person's entries at the tenant are unconfirmed. */
export function unconfirmedOf(simulator: Simulator, who: string): number {
  return (simulator.people.get(`auth0|${who}`)?.authenticators ?? []).filter(({ active }) => !active).length;
}

/** Creates a witness to one run. */
export function createWitness(options: {
  readonly simulator: Simulator;
  readonly errand: Errand;
  readonly now: () => number;
  /** How many entries of the ledger the BFF can have heard of. */
  readonly heard: () => number;
}): Witness {
  const { simulator, errand, now, heard } = options;
  const { ledger } = simulator;
  const falseClaims = new Set<string>();
  let refusals = 0;
  let wasRefusing = false;
  let lastHandedIn = 0;
  let lastPromised: string | undefined;

  const isActive = (contact: string) => activeOf(simulator, errand.who).some((entry) => entry.contact === contact);
  const activeSince = (contact: string) =>
    ledger.list("confirm").findLast((entry) => entry.contact === contact)?.at ?? Number.POSITIVE_INFINITY;

  /** Five wrong codes for one message, whatever else is counted. */
  const triesLeft = () => {
    const entries = ledger.list();
    const since = entries.slice(entries.findLastIndex(({ type }) => type === "send") + 1);
    return TRIES_PER_CODE - since.filter(({ type }) => type === "codeRefused").length;
  };

  return {
    falseClaims,
    look(sight, mind) {
      const { heading, text } = sight;
      const claim = (isTrue: boolean, sentence: string) => {
        if (!isTrue) falseClaims.add(sentence);
      };
      const channel = CODE_SCREENS[heading];
      if (channel !== undefined) {
        const sent = ledger.list("send").some((entry) => entry.channel === channel && entry.contact === mind.contact);
        claim(sent, `“${heading}”, and no such message was sent`);
      }
      if (!sight.isBusy) {
        const refusing = text.includes("didn’t match") && !text.includes("Nothing you entered is lost");
        const isNew = refusing && (!wasRefusing || mind.handedIn.length > lastHandedIn);
        if (isNew && heading.startsWith("Enter")) {
          const counted = ledger.list("codeRefused").length;
          claim(counted > refusals, "“That code didn’t match”, and the tenant refused none");
          refusals = counted;
        }
        // Judged when it is said. What still stands there later is as of then: a code whose outcome the page was told to be
        // unknown may be refused meanwhile, and nobody can have told it so.
        const promised = heading.startsWith("Enter the code") ? /(\d+) (?:try|tries) left/.exec(text)?.[1] : undefined;
        if (promised !== undefined && (isNew || promised !== lastPromised))
          claim(Number(promised) <= triesLeft(), `“${promised} tries left”, and there are fewer`);
        lastPromised = promised;
        wasRefusing = refusing;
        lastHandedIn = mind.handedIn.length;
      }
      if (heading === "You’re all set") claim(isActive(mind.contact), "“You’re all set”, and nothing is active");
      if (text.includes("has taken the place of the old method"))
        claim(!isActive("+12025550123"), "“has taken the place of the old method”, and the old one is there");
      if (text.includes("Nothing was added by it"))
        claim(!isActive(mind.contact), "“Nothing was added by it”, and it was");
      if (text.includes("Your sign-in has ended"))
        claim(mind.wasSignedIn, "“Your sign-in has ended”, and none had begun");
      if (text.includes("it is handed out only once") || text.includes("Got lost on its way")) {
        const live = simulator.people.get(`auth0|${errand.who}`)?.recoveryCode?.code;
        claim(live === undefined || !mind.saved.includes(live), "“The recovery code got lost”, and it was saved");
      }
      if (heading === "Sign-in methods" && !sight.isBusy) panel(sight, mind, claim);
    },
  };

  /** A list says what it is true for: a stale one says so itself, and one that waits for an answer is not looked at. */
  function panel(sight: Sight, mind: Mind, claim: (isTrue: boolean, sentence: string) => void): void {
    const hedges = /whether anything has changed|Confirm it’s you to see|Nothing you entered is lost|Not saved yet/;
    if (hedges.test(sight.text) || sight.buttons.includes("Go on")) return;
    // A panel that shows neither a list nor that it is empty claims nothing.
    if (sight.methods === null && !sight.text.includes("You have no sign-in methods yet")) return;
    const rows = (sight.methods ?? []).filter((row) => !row.includes("It’s always on"));
    const active = activeOf(simulator, errand.who);
    const groups = new Set(active.map(({ group }) => group)).size;
    if (rows.length < groups && activeSince(mind.contact) < now() - NEWS_MS)
      claim(false, `the panel lists ${rows.length} of ${groups} methods`);
    // The panel says as of when it speaks. What the tenant did later, and told nobody, is not in it.
    const lastGone = ledger.list().findLastIndex(({ type }) => type === "delete");
    if (rows.length > groups)
      claim(lastGone >= heard(), `the panel lists ${rows.length} methods, and there are ${groups}`);
  }
}
