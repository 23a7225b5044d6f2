import type { Verdict } from "../kills/report.ts";
import type { LedgerEntry } from "../simulator/ledger.ts";
import type { FlowResult } from "./flow.ts";
import type { ShutTime, Trouble } from "./troubles.ts";

/** What is promised of a whole run. */
const KILLS_AT_LEAST = 20;
const OUTAGES_AT_LEAST = 5;
/** What was counted before the store shut is with the tenant by then, on a busy machine too. */
const ON_ITS_WAY_MS = 1_000;

/** Counts what became of everybody, and judges it. */
export function verdictsOf(
  results: readonly FlowResult[],
  about: {
    happened: readonly Trouble[];
    shut: readonly ShutTime[];
    sends: readonly LedgerEntry[];
    withoutEnd: number;
    nodeFaults: readonly string[];
  },
): { table: string; verdicts: Verdict[] } {
  const { happened, shut, sends, withoutEnd, nodeFaults } = about;
  const count = (holds: (result: FlowResult) => boolean) => results.filter(holds).length;
  const sum = (of: (result: FlowResult) => number) => results.reduce((total, result) => total + of(result), 0);
  const times = (kind: Trouble["kind"]) => happened.filter((trouble) => trouble.kind === kind).length;
  const lost = count(({ recoveryCode }) => recoveryCode === "lost");
  const duplicates = sum((result) => result.duplicates);
  const foreign = sum((result) => result.foreign.length);
  const faulty = count(({ faults }) => faults.length > 0);
  const signedInAgain = sum((result) => result.signedInAgain);
  const whileShut = sends.filter(({ at }) => shut.some(({ from, to }) => at > from + ON_ITS_WAY_MS && at < to)).length;
  const rows: [string, number][] = [
    ["flows", results.length],
    ["resumed", count(({ troubles, recoveryCode }) => troubles > 0 && recoveryCode !== "lost")],
    ["troubles met", sum((result) => result.troubles)],
    ["pages reloaded", sum((result) => result.reloads)],
    ["signed in again", signedInAgain],
    ["codes renewed", count(({ recoveryCode }) => recoveryCode === "renewed")],
    ["lost", lost],
    ["duplicates", duplicates],
    ["wrong-session answers", foreign],
    ["sends while the store was shut", whileShut],
  ];
  const width = Math.max(...rows.map(([title]) => title.length));
  return {
    table: rows.map(([title, value]) => `${title.padEnd(width)}  ${String(value).padStart(6)}`).join("\n"),
    verdicts: [
      { sentence: "nobody's recovery code is lost, and every flow ends", holds: lost === 0 },
      { sentence: "no message, enrollment or confirmation is done twice", holds: duplicates === 0 },
      { sentence: "nobody is shown what is somebody else's", holds: foreign === 0 },
      { sentence: "what pages say is so", holds: faulty === 0 },
      { sentence: "nobody is signed out by any of it", holds: signedInAgain === 0 },
      { sentence: "nothing is sent while nothing can be counted", holds: whileShut === 0 },
      { sentence: `at least ${KILLS_AT_LEAST} times nodes are killed`, holds: times("kill") >= KILLS_AT_LEAST },
      { sentence: `at least ${OUTAGES_AT_LEAST} times the store is away`, holds: times("outage") >= OUTAGES_AT_LEAST },
      {
        sentence: "the key is exchanged and the version is, forth and back",
        holds: times("key") + times("version") === 4,
      },
      { sentence: `every key in Redis has an end (${withoutEnd} have none)`, holds: withoutEnd === 0 },
      { sentence: `no node ends by itself ${nodeFaults.join(" ")}`.trim(), holds: nodeFaults.length === 0 },
    ],
  };
}
