import { writeFileSync } from "node:fs";
import fc from "fast-check";
import { afterEach, beforeAll, expect, it, vi } from "vitest";
import { createPhoneEntry } from "../ui/phone/phone-entry.ts";
import { fetchPlan } from "../ui/phone/phone-plan.ts";
import { callingCodeOf, REGIONS } from "../ui/phone/regions.ts";
import { anyEdits, editsBeforePlans, type Sequence } from "./acts.ts";
import { Play, type Played } from "./play.ts";

/*
 * A few thousand random sequences in each `npm test`; `npm run edits` asks for more of them by these variables and reads
 * what came of them from a file.
 */
const asked = Number(process.env["EDITS_SEQUENCES"] ?? 3_000);
const seed = process.env["EDITS_SEED"];
const report = process.env["EDITS_REPORT"];
/** One in fifty begins without plans: each of them loads the phone field anew, which takes as long as playing ten. */
const beforePlans = Math.ceil(asked / 50);
/** An hour: a campaign is as long as it is asked to be. Three thousand take a few seconds. */
const WITHIN_MS = 3_600_000;

const played = { sequences: 0, edits: 0 };
const differences: string[] = [];

afterEach(() => {
  vi.useRealTimers();
});

const timePasses = () => vi.runAllTimers();

beforeAll(async () => {
  for (const region of REGIONS) await fetchPlan(callingCodeOf(region));
});

/** Plays a sequence to its end; throws at its first difference. */
async function expectSame(sequence: Sequence, field: Played): Promise<void> {
  const play = new Play(sequence, field);
  played.sequences++;
  for (const [at, act] of sequence.acts.entries()) {
    let differs: string | null;
    if (act.does === "plansArrive") {
      await vi.dynamicImportSettled();
      differs = play.plansArrived();
    } else differs = play.act(act);
    played.edits++;
    if (differs !== null) throw new Error(`${JSON.stringify(sequence)} differs after act ${at + 1}: ${differs}`);
  }
}

async function expectNone(property: fc.IAsyncProperty<[Sequence]>, numRuns: number): Promise<void> {
  const run = await fc.check(property, { numRuns, ...(seed === undefined ? {} : { seed: Number(seed) }) });
  if (!run.failed) return;
  const said = `seed ${run.seed}, path ${run.counterexamplePath ?? ""}: ${String(run.errorInstance)}`;
  differences.push(said);
  if (report === undefined) expect.fail(said);
}

it("is a plain field to somebody who types, deletes, pastes, cuts, drags, composes, undoes and changes the country", {
  timeout: WITHIN_MS,
}, async () => {
  vi.useFakeTimers({ toFake: ["setTimeout"] });
  const field = { create: createPhoneEntry, hasPlan: () => true, timePasses };
  const same = fc.asyncProperty(anyEdits, async (sequence) => {
    await expectSame(sequence, field);
  });
  await expectNone(same, asked - beforePlans);
});

it("is one too while the numbering plans are still on their way", { timeout: WITHIN_MS }, async () => {
  vi.useFakeTimers({ toFake: ["setTimeout"] });
  const same = fc.asyncProperty(editsBeforePlans, async (sequence) => {
    vi.resetModules();
    const { createPhoneEntry: create } = await import("../ui/phone/phone-entry.ts");
    const { planAtHand } = await import("../ui/phone/phone-plan.ts");
    const hasPlan = (region: string | null) => planAtHand(callingCodeOf(region)) !== null;
    await expectSame(sequence, { create, hasPlan, timePasses });
  });
  await expectNone(same, beforePlans);
  if (report !== undefined) writeFileSync(report, JSON.stringify({ ...played, differences }));
});
