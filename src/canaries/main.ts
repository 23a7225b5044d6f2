import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { GENEROUS_LIMITS } from "../bff/generous-limits.ts";
import { isAtHome } from "../testing/homes.ts";
import { type Leak, scanForSecrets, type Secret, type Sighting } from "../testing/scan-for-secrets.ts";
import { browse } from "./browse.ts";
import { MARK_BEGINS } from "./marked-person.ts";
import { playTroubledVisits, playVisits } from "./play-visits.ts";
import { openStage, type Stage } from "./stage.ts";
import { readStoreEnds } from "./store-ends.ts";

/*
 * Looks for secrets everywhere: a tenant that marks whatever it mints, the production server over a real Redis, visits of every
 * kind by hundreds of people and some in a browser, and one search through all that was sent, written, stored and remembered.
 */

const DIST = fileURLToPath(new URL("../..", import.meta.url));
/** Ids behind those of the plain visits. */
const TROUBLED_FROM = 500_000;
const BROWSED_FROM = 600_000;

const { values } = parseArgs({
  options: {
    visits: { type: "string", default: "1000" },
    rounds: { type: "string", default: "1" },
    browser: { type: "string" },
  },
});
const count = Number(values.visits);
const startedAt = Date.now();
let passed = 0;
let failed = 0;

function judge(holds: boolean, sentence: string): void {
  if (holds) passed += 1;
  else failed += 1;
  console.log(`  ${holds ? "✓" : "✗"} ${sentence}`);
}

/** Says which kinds of secret are where, and never what they are. */
function judgeLeaks(leaks: readonly Leak[], what: string): void {
  const told = new Map<string, number>();
  for (const { kind, form, sink, where } of leaks) {
    const line = `${kind} (${form}) in the ${sink}: ${where}`;
    told.set(line, (told.get(line) ?? 0) + 1);
  }
  judge(leaks.length === 0, `${what}: ${leaks.length} outside the allowed places`);
  for (const [line, times] of told) console.log(`      ${times} × ${line}`);
}

function filesBelow(folder: string): Sighting[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file) => ({ sink: "bundle", where: relative(DIST, file), text: readFileSync(file, "latin1") }));
}

/** Everything that stands where nobody's secret belongs, whoever's it is. */
async function judgeTheRest(stage: Stage, unmarked: readonly Secret[]): Promise<void> {
  const { simulator } = stage.tenant;
  const codes = simulator.minted().filter(({ kind }) => kind === "code");
  const contacts = simulator.ledger.list("send").flatMap(({ contact }) => (contact ? [contact] : []));
  const phones = new Set(contacts.filter((contact) => contact.startsWith("+")));
  const secrets: Secret[] = [
    { kind: "mark", value: MARK_BEGINS },
    ...stage.secrets,
    ...codes,
    ...[...phones].map((value) => ({ kind: "contact", value })),
    ...unmarked,
  ];
  const ends = readStoreEnds(stage.redis.port);
  const log = stage.log();
  const metrics = await stage.metrics();
  const files = stage.storeFiles();
  const store = files.map(({ name, text }): Sighting => ({ sink: "store", where: name.replaceAll(/\d+/g, "N"), text }));
  const bundle = [...filesBelow(join(DIST, "page")), ...filesBelow(join(DIST, "server", "serve"))];
  const size = (sightings: readonly { text: string }[]) =>
    `${(sightings.reduce((sum, { text }) => sum + text.length, 0) / 1e6).toFixed(1)} MB`;
  const look = (sightings: Sighting[], what: string) =>
    judgeLeaks(scanForSecrets({ secrets, sightings, belongs: isAtHome }), `${what} (${size(sightings)})`);
  look([{ sink: "log", where: "the server", text: log }], `${log.split("\n").length} lines of the log`);
  look([{ sink: "metrics", where: "the server", text: metrics }], "the metrics");
  look(store, `${files.length} files of Redis, ${ends.keys} keys`);
  look(bundle, `${bundle.length} files of the page and the server`);
  judge(log.split("\n").length > count, "the log has a line for each visit at least");
  judge(/_total\b/.test(metrics), "the metrics count something");
  judge(
    store.some(({ text }) => text.includes("mfa-enroll:account:")),
    "the files of Redis hold the accounts' records",
  );
  judge(ends.keys > 0 && ends.withoutEnd.length === 0, `every key in Redis has an end${listed(ends.withoutEnd)}`);
  judge(ends.tooLong.length === 0, `none is kept for longer than its kind may be${listed(ends.tooLong)}`);
  console.log(`      ${[...ends.kinds].map(([kind, times]) => `${times} × ${kind}`).join(", ")}`);
}

function listed(words: readonly string[]): string {
  return words.length === 0 ? "" : `: ${[...new Set(words)].join(", ")}`;
}

console.log(`${count} visits of all kinds, over Redis`);
const stage = await openStage(GENEROUS_LIMITS);
const visits = await playVisits(stage, count);
for (const [title, times] of visits.played) judge(times > 0, `${times} × somebody ${title}`);
judge(visits.faults.length === 0, `${visits.faults.length} visits did not go as they should`);
for (const fault of visits.faults.slice(0, 10)) console.log(`      ${fault}`);
judgeLeaks(visits.leaks, `${visits.answers} answers`);
judge(visits.atHome > 0, `secrets were seen where they belong, ${visits.atHome} times`);
judgeLeaks(
  await playTroubledVisits(stage, TROUBLED_FROM),
  "answers while the tenant tells its own secrets in its faults",
);

console.log("Visits in a browser");
let [looked, sees] = [0, 0];
await browse(stage, {
  executablePath: values.browser ?? "",
  rounds: Number(values.rounds),
  from: BROWSED_FROM,
  told({ title, seen, heaps, heapSees, leaks }) {
    const places = [...seen].map(([sink, times]) => `${times} × ${sink}`).join(", ");
    judgeLeaks(leaks, `${title}: ${heaps} heap snapshots, ${places}`);
    if (heapSees !== null) looked += 1;
    if (heapSees) sees += 1;
  },
});
judge(looked > 0 && sees === looked, "a snapshot has the recovery code while it is shown");

console.log("What was written and stored");
await judgeTheRest(stage, visits.unmarked);
await stage.close();
console.log(`${passed} passed, ${failed} failed (${Math.round((Date.now() - startedAt) / 1000)} s)`);
process.exit(failed > 0 ? 1 : 0);
