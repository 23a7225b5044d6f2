import { collect, keys, NOT_IT, type Told, toTheCode, WRONG } from "./telling.ts";

/** What is heard around the field for the code. */
export const codes = collect();
const { journey } = codes;

const triesOf = ({ story }: Told) => story.stack.simulator.ledger.list("codeRefused").length;

journey("wrong-code", "someone mistypes the code, then types the right one", async (told) => {
  await toTheCode(told);
  await told.ears.type("Six-digit code", WRONG, { again: [NOT_IT(4)] });
  await told.ears.type("Six-digit code", told.story.newestCode(), { as: "the code" });
});

journey(
  "same-wrong-code",
  "someone types the same wrong code again, and hands it in once more all the same",
  async (told) => {
    await toTheCode(told);
    await told.ears.type("Six-digit code", WRONG, { again: [NOT_IT(4)] });
    await told.ears.type("Six-digit code", WRONG, { again: [NOT_IT(4)] });
    told.ears.note(`It cost this many tries: ${triesOf(told)}.`);
    await told.ears.press("Confirm", { again: [NOT_IT(3)] });
    told.ears.note(`It cost this many tries: ${triesOf(told)}.`);
  },
);

journey("incomplete-code", "someone hands in a code with a digit missing, by Enter and by the button", async (told) => {
  await toTheCode(told);
  await told.ears.type("Six-digit code", "12345");
  await keys(told, "Enter", "{Enter}");
  await told.ears.press("Confirm", { again: ["Enter all six digits."] });
  await keys(told, "Enter", "{Enter}");
  await told.ears.type("Six-digit code", told.story.newestCode(), { as: "the code" });
});

journey(
  "code-that-ends",
  "someone whose code runs out hears it a minute and twenty seconds before, and at the end",
  async (told) => {
    await toTheCode(told);
    await told.ears.wait(240);
    await told.ears.wait(40);
    await told.ears.wait(20);
    await told.ears.readOn();
    await told.ears.type("Six-digit code", WRONG);
    await told.ears.press("Send another text");
    await told.ears.type("Six-digit code", told.story.newestCode(), { as: "the code" });
  },
);

journey("another-text", "someone has another text sent", async (told) => {
  await toTheCode(told);
  await told.ears.wait(31);
  await told.ears.press("Send another text");
  await told.ears.readOn();
  await told.ears.wait(61);
  await told.ears.press("Send another text");
});

journey("call-instead", "someone has the number called instead", async (told) => {
  await toTheCode(told);
  await told.ears.press("Call me instead");
  await told.ears.wait(61);
  await told.ears.press("Call again");
});

journey("another-number", "someone goes back to change the number", async (told) => {
  await toTheCode(told);
  await told.ears.press("Change number");
  await told.ears.type("Phone number", "+1 202-555-0148");
  await told.ears.press("Text me a code");
});

journey("too-many-codes", "someone guesses until it is locked, and waits", async (told) => {
  await toTheCode(told);
  for (const guess of ["000000", "000001", "000002", "000003", "000004"]) await told.ears.type("Six-digit code", guess);
  await told.ears.readOn();
  await told.ears.wait(30);
  await told.ears.press("Send another text");
});
