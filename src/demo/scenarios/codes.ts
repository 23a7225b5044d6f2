import { startWithText, type Scenario, type Stage } from "./scenario.ts";

/** Hands in wrong codes in place of the one that was sent. */
async function mistype({ tenant, visitor }: Stage, times: number): Promise<void> {
  const right = tenant.outbox.list().at(-1)?.code;
  for (let time = 0; time < times; time += 1) await visitor.handIn(right === "000000" ? "111111" : "000000");
}

/** What can be wrong with a code. */
export const CODES: readonly Scenario[] = [
  {
    name: "wrong-code",
    title: "Somebody mistypes the code.",
    todo: "Type any six digits but those on the phone, then the right ones.",
    expect: "“That code didn’t match. 4 tries left.” The digits are selected, so typing replaces them.",
    set: startWithText,
  },
  {
    name: "one-try-left",
    title: "One try is left for this code.",
    todo: "Type any six digits but those on the phone. Then press “30 seconds later”, and ask for another text.",
    expect: "“Locked for a while”, and until when. Another text brings “3 tries left.”: eight an hour in all.",
    laterSeconds: 30,
    async set(stage) {
      await startWithText(stage);
      await mistype(stage, 4);
    },
  },
  {
    name: "too-many-tries",
    title: "All tries of this hour are used up.",
    todo: "Look for the field of the code.",
    expect:
      "“Locked for a while”, and “Too many codes didn’t match. You can try again at …”. There is no field till then.",
    async set(stage) {
      await startWithText(stage);
      await mistype(stage, 5);
      stage.clock.later(31);
      await stage.visitor.resend();
      await mistype(stage, 3);
    },
  },
  {
    name: "code-expired",
    title: "The code has ended before it was typed.",
    todo: "Ask for another text, and type its code.",
    expect: "“This code has ended. Send a new one.” The number need not be typed again.",
    async set(stage) {
      await startWithText(stage);
      stage.clock.later(301);
    },
  },
  {
    name: "code-about-to-end",
    title: "The code ends while somebody looks for the phone.",
    todo: "Press “5 minutes later”.",
    expect: "“This code has ended. Send a new one.”",
    laterSeconds: 300,
    set: startWithText,
  },
];
