import { ADDRESS, collect, NUMBER, signIn } from "./telling.ts";

/** The whole way, once for each channel. */
export const enrolling = collect();
const { journey } = enrolling;

const ways = [
  ["text", "a text", "Text message", "Phone number", NUMBER, "Text me a code"],
  ["call", "a call", "Voice call", "Phone number", NUMBER, "Call me with a code"],
  ["email", "an email", "Email", "Email address", ADDRESS, "Email me a code"],
] as const;
for (const [file, way, channel, field, contact, submit] of ways) {
  journey(`${file}-to-the-end`, `someone adds ${way}, from the empty panel to the end`, async (told) => {
    const { ears } = told;
    await ears.readOn();
    await signIn(told, "robin@example.com");
    await ears.readOn();
    await ears.press("Add a method");
    await ears.choose(channel);
    await ears.press("Continue");
    await ears.readOn();
    await ears.type(field, contact);
    await ears.press(submit);
    await ears.wait(31);
    await ears.readOn();
    await ears.type("Six-digit code", told.story.newestCode(), { as: "the code" });
    await ears.readOn();
    await ears.does("Ticks “I have saved it”.", () => told.screen.tick("I have saved it"));
    await ears.press("Done");
    await ears.readOn();
    await ears.press("Done");
    await ears.readOn();
  });
}
