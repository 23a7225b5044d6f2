import { findStrays, type Place, type Secret } from "../journeys/places.ts";
import type { Notice } from "../bff/notices.ts";
import type { LedgerEntry } from "../simulator/ledger.ts";
import type { Simulator } from "../simulator/simulator.ts";
import { contactOf } from "./goal.ts";
import type { Mind } from "./mind.ts";
import type { Errand } from "./schedule.ts";
import { activeOf, type Witness } from "./witness.ts";

/** What a run leaves to be judged. */
export type Evidence = {
  readonly errand: Errand;
  readonly simulator: Simulator;
  readonly mind: Mind;
  readonly witness: Witness;
  readonly places: readonly Place[];
  /** Messages that had been sent when the person was through. */
  readonly sends: number;
  /** Entries that were begun, and are neither confirmed nor swept once their owner has come back with a proof. */
  readonly leftovers: number;
  /** Codes of enrollment or proof that left for the tenant. */
  readonly verifyCalls: number;
  /** What the owner of the account was told of, each notice once however often it was tried. */
  readonly notices: readonly Notice[];
  /** The recovery codes that reached a BFF that lived on and could write them down. */
  readonly received: readonly string[];
  /** What the last screen says, for a person who is held there. */
  readonly lastScreen: string;
};

/** Nine bits of arithmetic: five wrong codes for one message are the cap, and nobody here mistypes as often. */
const MOST_REFUSED = 5;

/** Returns a sentence for each invariant that does not hold. */
export function violationsOf(evidence: Evidence): string[] {
  const { errand, simulator, mind, witness, places, verifyCalls, sends, leftovers } = evidence;
  const { ledger } = simulator;
  const found: string[] = [];
  const holds = (isTrue: boolean, sentence: string) => {
    if (!isTrue) found.push(sentence);
  };

  holds(sends <= mind.asked, `I1: ${sends} messages for ${mind.asked} wishes`);
  for (const claim of witness.falseClaims) found.push(`I3: ${claim}`);
  holds(leftovers === 0, `I2: ${leftovers} unconfirmed entries are left after the sweep`);
  holds(isBefore(evidence), "I5: a method that was there before is gone or changed");
  const { length: handedIn } = mind.handedIn;
  holds(verifyCalls <= handedIn, `I6: ${verifyCalls} codes handed on of ${handedIn} handed in`);
  holds(ledger.list("codeRefused").length <= MOST_REFUSED, "I6: more wrong codes than the cap reached the tenant");
  found.push(...findStrays(places, secretsOf(errand, simulator)).map((sentence) => `I7: ${sentence}`));
  holds(mind.retyped === 0, `I8: what was typed had to be typed again, ${mind.retyped} times`);
  const binds = ledger.list("confirm").length;
  const { added, removed } = noticesOf(evidence);
  holds(added === binds, `I9: ${added} notices for ${binds} methods that were added`);
  const removals = removalsOf(evidence);
  holds(removed === removals, `I9: ${removed} notices for ${removals} methods that were removed`);
  const recovery = recoveryOf(evidence);
  holds(recovery !== "silent", "I4: a method is active, its recovery code was not seen, and nobody said so");
  const isRepaired = !errand.repair || recovery !== "truthfully reported";
  holds(isRepaired, "I4: a recovery code was lost, and no new one could be had");
  holds(recovery !== "received and lost", "I4: a recovery code was received and lost");
  return found;
}

/** Says what became of the live recovery code that this run brought about. */
export function recoveryOf({ errand, simulator, mind, received, lastScreen }: Evidence) {
  const live = simulator.people.get(`auth0|${errand.who}`)?.recoveryCode;
  const wasIssued = simulator.ledger.list("recoveryCodeIssued").some(({ recoveryCode }) => recoveryCode === live?.code);
  if (!live?.active || !wasIssued) return "none";
  const isHeld = /Save your recovery code|Not saved yet/.test(lastScreen);
  // Nothing but a loss makes this tenant hand out another one: a code that was received and then replaced was lost all the same.
  const isLost = (code: string) => !mind.saved.includes(code) && !(isHeld && code === live.code);
  if (received.some(isLost)) return "received and lost";
  const issued = simulator.ledger.list("recoveryCodeIssued").length;
  if (mind.saved.includes(live.code)) return issued > 1 ? "repaired" : "saved";
  if (isHeld) return "offered";
  return mind.toldOfLoss ? "truthfully reported" : "silent";
}

function noticesOf({ notices }: Evidence) {
  const count = (type: Notice["type"]) => notices.filter((notice) => notice.type === type).length;
  return { added: count("added"), removed: count("removed") };
}

/** What was never confirmed goes without a word. */
function removalsOf({ errand, simulator }: Evidence): number {
  const confirmed = new Set(
    simulator.ledger.list("confirm").flatMap(({ authenticatorId, also = [] }) => [authenticatorId, ...also]),
  );
  const wasThere = ({ authenticatorId, contact }: LedgerEntry) =>
    confirmed.has(authenticatorId) || (errand.who === "kim" && contact === "+12025550123");
  return simulator.ledger.list("delete").filter(wasThere).length;
}

/** The phone that was there before goes only where that was asked for. */
function isBefore({ errand, simulator }: Evidence): boolean {
  if (errand.who !== "kim" || errand.goal === "remove") return true;
  const active = activeOf(simulator, "kim");
  const has = (contact: string) => active.some((entry) => entry.contact === contact);
  return has("+12025550123") || (errand.goal === "replace" && has(contactOf(errand)));
}

function secretsOf(errand: Errand, simulator: Simulator): Secret[] {
  const contact = contactOf(errand);
  const typed: Secret[] = contact === "" ? [] : [{ kind: "contact", value: contact }];
  return [...typed, { kind: "password", value: "Enroll-Demo-1" }, ...simulator.minted()];
}
