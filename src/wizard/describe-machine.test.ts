import { expect, test } from "vitest";
import { describeMachine } from "./describe-machine.ts";
import { SAMPLE_STATES } from "./sample-machine.ts";

test("the picture names every screen and draws the way from choosing a channel to the end", () => {
  const picture = describeMachine();
  for (const { step } of SAMPLE_STATES) expect(picture).toContain(step);
  expect(picture).toContain("choosingChannel --> enteringContact: channelChosen");
  expect(picture).toMatch(/enteringContact --> enteringCode: .*start/);
  expect(picture).toMatch(/enteringCode --> savingRecoveryCode: .*confirm/);
  expect(picture).toMatch(/savingRecoveryCode --> done: .*acknowledge/);
});
