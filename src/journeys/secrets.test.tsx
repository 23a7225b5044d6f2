// @vitest-environment jsdom
import { afterEach, expect, it } from "vitest";
import { createMemoryStore, type Store } from "../bff/store.ts";
import { createEavesdropper, findStrays, type Place, type Secret } from "./places.ts";
import { createStory, type Story } from "./story.ts";
import { createVirtualTime } from "./virtual-time.ts";
import { START } from "./stack.ts";

let story: Story;
afterEach(() => story.end());

const TYPED: readonly Secret[] = [
  { kind: "contact", value: "+12025550147" },
  { kind: "contact", value: "2025550147" },
  { kind: "contact", value: "robin.other@example.com" },
  { kind: "password", value: "Enroll-Demo-1" },
];

/** A store that keeps each text it was ever given. */
function rememberingStore(): { store: Store; texts: string[] } {
  const texts: string[] = [];
  const inner = createMemoryStore(createVirtualTime(START));
  return {
    texts,
    store: {
      ...inner,
      write(id, text, options) {
        texts.push(id, text);
        return inner.write(id, text, options);
      },
    },
  };
}

it("no secret of someone who adds two methods, mistypes, reloads and removes one is anywhere it does not belong", async () => {
  const { store, texts } = rememberingStore();
  const { wire, heard } = createEavesdropper();
  story = createStory({ store });
  const screen = await story.open({ wire });
  const screens: Place[] = [];
  const look = (where: string, may: Place["may"] = []) => {
    screens.push({ where: `the screen: ${where}`, text: screen.container.textContent, may });
  };
  await screen.signInHere("robin@example.com");
  await screen.askForCode("sms", "+12025550147");
  look("code");
  await screen.type("Six-digit code", "000000");
  look("wrong code");
  await screen.reload();
  await screen.press("Change number");
  await screen.press("Text me a code");
  await screen.type("Six-digit code", story.newestCode());
  look("recovery code", ["recovery_code"]);
  await screen.reload();
  await screen.saveRecoveryCode();
  look("done");
  await screen.press("Done");
  await screen.askForCode("email", "robin.other@example.com");
  await screen.type("Six-digit code", story.newestCode());
  await screen.press("Done");
  look("panel");
  await screen.press(/^Remove Text message and voice call/);
  await screen.press("Remove");
  look("panel after removing");

  const log = story.stack.log.map((entry) => ({ where: "the log", text: JSON.stringify(entry), may: [] }));
  const kept = texts.map((text) => ({ where: "the store", text, may: [] }));
  const browser = [
    { where: "the address bar", text: location.href, may: [] },
    { where: "the history", text: JSON.stringify(history.state) ?? "", may: [] },
    { where: "local storage", text: JSON.stringify({ ...localStorage }), may: [] },
    { where: "session storage", text: JSON.stringify({ ...sessionStorage }), may: [] },
    { where: "cookies a script can read", text: document.cookie, may: [] },
  ];
  const secrets: Secret[] = [...TYPED, ...story.stack.simulator.minted()];
  const places = [...heard, ...screens, ...log, ...kept, ...browser];
  expect(findStrays(places, secrets)).toEqual([]);
  expect(secrets.map(({ kind }) => kind)).toEqual(
    expect.arrayContaining(["access_token", "oob_code", "recovery_code"]),
  );
  // A search that sees nothing would find nothing: the same secrets are where they do belong.
  expect(findStrays([{ where: "anywhere", text: heard.map(({ text }) => text).join("\n"), may: [] }], secrets)).toEqual(
    expect.arrayContaining(["contact in anywhere", "code in anywhere", "recovery_code in anywhere"]),
  );
});

it("a secret that is only veiled is found", () => {
  const value = "K7M2P9Q4R8S3T6V5W1X2Y9ZA";
  const veils = [value, Buffer.from(value).toString("base64"), Buffer.from(value).toString("hex")];
  for (const text of veils) {
    const place = { where: "the log", text: `{"x":"${text}"}`, may: [] };
    expect(findStrays([place], [{ kind: "recovery_code", value }])).toEqual(["recovery_code in the log"]);
  }
});
