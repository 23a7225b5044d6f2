// @vitest-environment jsdom
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, it } from "vitest";
import { hear } from "./hearing.ts";
import { createStory, type Story } from "./story.ts";
import { codes } from "./told/codes.ts";
import { contacts } from "./told/contacts.ts";
import { enrolling } from "./told/enrolling.ts";
import { proofs } from "./told/proofs.ts";
import { recoveryCodes } from "./told/recovery-codes.ts";
import type { Journey } from "./told/telling.ts";
import { trouble } from "./told/trouble.ts";

/*
 * What a screen reader speaks in each journey, kept as text that people read: an action a line, and below it what is heard.
 * UPDATE_TRANSCRIPTS=1 writes the files; without it a file that lags behind is a failure. Beside that, in each journey, what
 * changes is spoken once: not twice, not never, and nothing that is shown nowhere.
 */

// Times of day are spoken, and shall be the same on every machine.
process.env["TZ"] = "UTC";

const FOLDER = join(import.meta.dirname, "transcripts");
const WRITES = process.env["UPDATE_TRANSCRIPTS"] === "1";
const JOURNEYS: readonly Journey[] = [enrolling, codes, contacts, recoveryCodes, proofs, trouble].flatMap(
  ({ journeys }) => journeys,
);

let story: Story | null = null;
afterEach(() => {
  story?.end();
  story = null;
  Reflect.deleteProperty(navigator, "onLine");
});

/** The same bytes in every run, so that the codes are the same. */
function repeatable(): (count: number) => Uint8Array<ArrayBuffer> {
  let seed = 7;
  return (count) =>
    Uint8Array.from({ length: count }, () => {
      // A linear congruential generator with the constants of ANSI C; only its upper bits look random.
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      return (seed >> 16) & 255;
    });
}

for (const { file, name, tell, page } of JOURNEYS) {
  it(`${name}, and hears what ${file}.txt says`, async () => {
    story = createStory({ random: repeatable() });
    const screen = await story.open(page);
    const ears = await hear(story, screen);
    await tell({ story, screen, ears });
    await ears.stop();
    const transcript = `${name.replace(/^s/, "S")}\n\n${ears.transcript()}`;
    const path = join(FOLDER, `${file}.txt`);
    if (WRITES) {
      mkdirSync(FOLDER, { recursive: true });
      writeFileSync(path, transcript);
    } else expect.soft(transcript).toBe(readFileSync(path, "utf8"));
    expect(ears.faults()).toEqual([]);
  });
}

it("every kept transcript has a journey, and every journey a transcript", () => {
  const told = JOURNEYS.map(({ file }) => `${file}.txt`);
  if (WRITES) for (const name of readdirSync(FOLDER)) if (!told.includes(name)) rmSync(join(FOLDER, name));
  expect(readdirSync(FOLDER).toSorted()).toEqual(told.toSorted());
});
