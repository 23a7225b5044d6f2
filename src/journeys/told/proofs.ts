import { collect, keys, NOT_IT, signIn, WRONG } from "./telling.ts";

/** What is heard while somebody signs in, confirms who they are, and removes a method. */
export const proofs = collect();
const { journey } = proofs;

journey("sign-in", "someone forgets the password, mistypes it, and gets it right", async (told) => {
  await told.ears.press("Sign in", { met: ["Enter your password."] });
  await told.ears.type("Email or username", "robin@example.com");
  await told.ears.press("Sign in", { again: ["Enter your password."] });
  await keys(told, "Enter", "{Enter}");
  await told.ears.type("Password", "not it");
  await told.ears.press("Sign in");
  await told.ears.type("Password", "Enroll-Demo-1", { as: "the password" });
  await told.ears.press("Sign in");
});

journey("step-up", "someone with a phone confirms it’s them before adding an address", async (told) => {
  const { ears, story } = told;
  await signIn(told, "kim@example.com");
  await ears.readOn();
  await ears.press("Add a method");
  await ears.choose("Email");
  await ears.press("Continue");
  await ears.type("Email address", "kim.other@example.com");
  await ears.press("Email me a code");
  await ears.readOn();
  await ears.press("Send code");
  await ears.type("Six-digit code", WRONG);
  await ears.press("Confirm", { again: [NOT_IT(3)] });
  await ears.type("Six-digit code", story.newestCode(), { as: "the code" });
  await ears.press("Email me a code");
});

journey(
  "step-up-by-recovery-code",
  "someone without the phone confirms it’s them with the recovery code",
  async (told) => {
    const { ears } = told;
    await signIn(told, "kim@example.com");
    await ears.does("Asks to add an address.", () => told.screen.askForCode("email", "kim.other@example.com"));
    await ears.choose("Use the recovery code you saved");
    await ears.press("Continue");
    await ears.type("Recovery code", "short");
    await ears.press("Continue");
    await ears.type("Recovery code", "AAAA AAAA AAAA AAAA AAAA AAAA");
    await ears.press("Continue");
    await ears.type("Recovery code", "k7m2 p9q4 r8s3 t6v5 w1x2 y9za");
    await ears.press("Continue");
    await ears.readOn();
  },
);

journey("removal", "someone thinks again about removing a phone, then removes it", async (told) => {
  const { ears } = told;
  await ears.does("Signs in by way of the sign-in page.", () => told.screen.signInByRedirect("kim@example.com"), {
    loads: true,
  });
  await ears.press(/^Remove Text message/);
  await ears.readOn();
  await ears.press("Keep it");
  await ears.press(/^Remove Text message/);
  await ears.press("Remove", { met: ["Were you signed in somewhere you no longer trust? You can end that now."] });
  await ears.readOn();
});
