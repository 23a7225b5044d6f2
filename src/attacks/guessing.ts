import type { PersonSeed } from "../simulator/people.ts";
import { type Caller, inParallel, meaningOf, openCaller, tally } from "./caller.ts";
import type { Guess, Site } from "./site.ts";

/*
 * Somebody has the password of one account and guesses its codes, from many sessions on many nodes at once, by every method that
 * it has. Each session opens a challenge of its own, which is what brute force against second factors has lived on.
 */

/** The account that is attacked: with a phone, an authenticator app and a recovery code. */
export const VICTIM: PersonSeed = {
  subject: "auth0|victim",
  name: "Robin",
  email: "victim@example.com",
  phone: "+12025550147",
  totpSecret: "JBSWY3DPEHPK3PXP",
  recoveryCode: "9VDHQ4TTNB6GXWLJ7ZKP2M3C",
};

/** What came of it. */
export type GuessingResult = {
  sessions: number;
  /** Sessions in which a challenge stood open. */
  challenges: number;
  guesses: number;
  reached: number;
  mostForOneCode: number;
  mostInAnHour: number;
  taken: number;
  outcomes: [meaning: string, count: number][];
};

/** Eight: as many passwords of one name as are looked at at once; right ones cost nothing. */
const SIGN_INS_AT_ONCE = 8;
/** Twenty: they wait for each other, for the account is one; a page gives up after eight seconds. */
const OPENED_AT_ONCE = 20;
/** Two hundred: thousands at once would only fail at the one Redis that they share a processor with. */
const GUESSED_AT_ONCE = 200;
const HOUR_MS = 3_600_000;

/** Guesses at the victim's codes from so many sessions, in each so often, all of them at once. */
export async function guessCodes(site: Site, asked: { sessions: number; each: number }): Promise<GuessingResult> {
  const callers: { caller: Caller; methods: Map<string, string> }[] = [];
  await inParallel(Array.from({ length: asked.sessions }), SIGN_INS_AT_ONCE, async (_, index) => {
    const caller = openCaller(site, { node: index, address: `198.51.${Math.floor(index / 250)}.${index % 250}` });
    const { proof } = await caller.signIn(VICTIM.email);
    const methods = proof?.by === "challenge" ? proof.methods : [];
    callers.push({ caller, methods: new Map(methods.map(({ channels, id }) => [channels[0] ?? "", id])) });
  });
  const outcomes: string[] = [];
  const open: { client: Caller["client"]; challengeId: string; byRecoveryCode: boolean }[] = [];
  await inParallel(callers, OPENED_AT_ONCE, async ({ caller: { client, persist }, methods }, index) => {
    const byRecoveryCode = index % 5 === 0;
    const authenticatorId = methods.get(index % 2 ? "otp" : "sms") ?? "";
    const body = byRecoveryCode
      ? ({ with: "recovery_code" } as const)
      : ({ with: "authenticator", authenticatorId } as const);
    const opened = await persist((intent) => client.challenge(body, intent));
    const flow = opened.kind === "answered" ? opened.answer.flow : null;
    if (flow?.step === "proof") open.push({ client, challengeId: flow.challenge.challengeId, byRecoveryCode });
    else outcomes.push(`challenge: ${meaningOf(opened)}`);
  });
  const wanted = open.flatMap((session) => Array.from({ length: asked.each }, () => session));
  const guessed: string[] = [];
  await inParallel(wanted, GUESSED_AT_ONCE, async ({ client, challengeId, byRecoveryCode }, index) => {
    const code = String(index).padStart(6, "0");
    const guess = byRecoveryCode ? { recoveryCode: code.padStart(24, "A") } : { code };
    guessed.push(meaningOf(await client.verify({ challengeId, ...guess })));
  });
  outcomes.push(...guessed.map((meaning) => `guess: ${meaning}`));
  const codes = tally(site.guesses.map(({ code }) => code));
  return {
    sessions: callers.length,
    challenges: open.length,
    guesses: guessed.length,
    reached: site.guesses.length,
    mostForOneCode: codes[0]?.[1] ?? 0,
    mostInAnHour: mostWithin(site.guesses),
    taken: site.simulator.ledger.list("verify").length,
    outcomes: tally(outcomes),
  };
}

/** The most that any hour has seen, wherever it begins. */
function mostWithin(guesses: readonly Guess[]): number {
  return Math.max(
    0,
    ...guesses.map(({ at }) => guesses.filter((other) => other.at >= at && other.at < at + HOUR_MS).length),
  );
}
