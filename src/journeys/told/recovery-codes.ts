import { collect, toTheRecoveryCode } from "./telling.ts";

/** What is heard while the recovery code is saved. */
export const recoveryCodes = collect();
const { journey } = recoveryCodes;

/** Copies twice and is denied from then on. */
const devices = (copies: boolean[]) => ({
  copy: async () => copies.shift() ?? false,
  download: () => false,
  print: () => false,
  share: null,
});
journey(
  "recovery-code",
  "someone copies the recovery code, is denied the other ways, and says that it is saved",
  async (told) => {
    const { ears, screen } = told;
    await toTheRecoveryCode(told);
    await ears.readOn();
    await ears.press("Copy", { again: ["Copied."] });
    await ears.press("Copy", { again: ["Copied."] });
    await ears.press("Copy");
    await ears.press("Download");
    await ears.press("Print");
    await ears.press("Done");
    await ears.press("Done", { again: ["Save the code, then tick this box."] });
    await ears.does("Ticks “I have saved it”.", () => screen.tick("I have saved it"));
    await ears.press("Done");
  },
  { settings: { devices: devices([true, true]) } },
);

journey("reload-at-the-end", "someone reloads before the recovery code is saved", async (told) => {
  await toTheRecoveryCode(told);
  await told.ears.does("Loads the page anew.", () => told.screen.reload(), { loads: true });
  await told.ears.readOn();
});
