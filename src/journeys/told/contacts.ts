import { collect, keys, NUMBER, signIn, type Told } from "./telling.ts";

/** What is heard while a number or an address is entered. */
export const contacts = collect();
const { journey } = contacts;

const toTheContact = async (told: Told, channel: string) => {
  await signIn(told, "robin@example.com");
  await told.ears.press("Add a method");
  await told.ears.choose(channel);
  await told.ears.press("Continue");
};

journey("landline", "someone enters a landline to be texted, and has it called", async (told) => {
  await toTheContact(told, "Text message");
  await told.ears.type("Phone number", "+44 20 7946 0018");
  await told.ears.press("Text me a code");
  await told.ears.press(/^Call this number instead$/);
});

journey("number-that-cannot-be", "someone sends no number, one that is too short, and one that costs", async (told) => {
  await toTheContact(told, "Text message");
  await told.ears.press("Text me a code");
  await keys(told, "Enter", "{Enter}");
  await told.ears.type("Phone number", "+1 202 555");
  await keys(told, "Tab", "{Tab}");
  await told.ears.type("Phone number", "+44 909 879 0000");
  await told.ears.press("Text me a code");
});

journey("refused-number", "someone whose number is refused enters another one", async (told) => {
  await toTheContact(told, "Text message");
  await told.ears.type("Phone number", "+1 202-555-0190");
  await told.ears.press("Text me a code");
  await told.ears.type("Phone number", NUMBER);
  await told.ears.press("Text me a code");
});

journey("country", "someone searches the country list and chooses", async (told) => {
  await toTheContact(told, "Voice call");
  await told.ears.type("Country or region", "united");
  await keys(told, "Down", "{ArrowDown}");
  await keys(told, "Down", "{ArrowDown}");
  await keys(told, "Enter", "{Enter}");
  await told.ears.type("Country or region", "xqz");
  await keys(told, "Escape", "{Escape}");
  await keys(told, "Tab", "{Tab}");
});

journey("email-suggestion", "someone slips in an address, is asked, and takes the other one", async (told) => {
  await toTheContact(told, "Email");
  await told.ears.press("Email me a code");
  await told.ears.type("Email address", "robin");
  await keys(told, "Tab", "{Tab}");
  await told.ears.type("Email address", "robin@gmial.com");
  await keys(told, "Tab", "{Tab}");
  await told.ears.press("Use robin@gmail.com");
  await keys(told, "Enter", "{Enter}");
});
