import { setTimeout as pause } from "node:timers/promises";
import { mediansOf } from "./medians.mjs";

/*
 * What the main thread works for a key in the phone field and in a bare input of the same page, which take turns, so
 * that what else the machine does meets both.
 */

/** A number, corrected at its end, in its middle and at its start. */
const KEYS = (
  "2 0 2 5 5 5 0 1 4 2 Backspace Backspace 4 2 " +
  "ArrowLeft ArrowLeft ArrowLeft ArrowLeft Backspace Backspace 5 5 Home ArrowRight Delete Delete 0 2 End Backspace 2"
).split(" ");
const TURNS = 3;
/** Two frames and a little: what a key leaves behind is done before the next one comes. */
const BETWEEN_KEYS_MS = 40;

async function workOf(cdp) {
  const { metrics } = await cdp.send("Performance.getMetrics");
  return (metrics.find(({ name }) => name === "TaskDuration")?.value ?? 0) * 1000;
}

async function typeInto(page, cdp, field) {
  await field.focus();
  await page.keyboard.press("Control+a");
  await page.keyboard.press("Delete");
  await pause(BETWEEN_KEYS_MS);
  const before = await workOf(cdp);
  for (const key of KEYS) {
    await page.keyboard.press(key);
    await pause(BETWEEN_KEYS_MS);
  }
  return ((await workOf(cdp)) - before) / KEYS.length;
}

/**
 * Resolves to the ms of main-thread work for a key in each, once both have got to know the keys, and to how many times
 * the bare one's.
 */
export async function measureTyping(page, cdp, phone) {
  await page.evaluate(() => {
    const input = document.createElement("input");
    input.id = "bare";
    // Some of the pages hide every input that is not ours.
    input.style.setProperty("display", "block", "important");
    document.body.prepend(input);
  });
  const bare = page.locator("#bare");
  const turns = [];
  for (let turn = 0; turn <= TURNS; turn += 1)
    turns.push({ bare: await typeInto(page, cdp, bare), phone: await typeInto(page, cdp, phone) });
  // What runs for the first time is compiled first.
  turns.shift();
  await bare.evaluate((input) => input.remove());
  // Each pair for itself: what disturbs a turn meets both of it.
  return mediansOf(turns.map((ms) => ({ ...ms, times: ms.phone / ms.bare })));
}
