import { type Scenario, startProven, startSignedIn, startWithText } from "./scenario.ts";

/** What goes as people hope it does. */
export const HAPPY_PATHS: readonly Scenario[] = [
  {
    name: "enroll-by-text",
    title: "Somebody who has nothing yet adds a phone by text.",
    todo: "Add a method, choose Text message, enter +12025550142 and type the code that the phone shows.",
    expect: "After the code: “Save your recovery code”. Saved, the page says “You’re all set”.",
    set: startSignedIn,
  },
  {
    name: "enroll-by-call",
    title: "Somebody who has nothing yet adds a phone by call.",
    todo: "Add a method, choose Voice call, enter +12025550143, answer the phone and type the digits it reads.",
    expect: "The phone rings and reads six digits. They lead to “Save your recovery code” and “You’re all set”.",
    set: startSignedIn,
  },
  {
    name: "enroll-by-email",
    title: "Somebody who has nothing yet adds an address.",
    todo: "Add a method, choose Email, enter robin@example.net and type the code that is in the mailbox.",
    expect: "The code arrives in the mailbox and leads to “Save your recovery code” and “You’re all set”.",
    set: startSignedIn,
  },
  {
    name: "already-enrolled",
    title: "Somebody with a phone proves it with a text before a second method is added.",
    todo: "Add a method, choose Email, enter kim@example.net, ask for the code and confirm with the text.",
    expect: "“Confirm it’s you” comes first. After the code the address is still there, and nothing was typed twice.",
    set: ({ visitor }) => visitor.signIn("kim@example.com"),
  },
  {
    name: "step-up-by-recovery-code",
    title: "Somebody whose phone is out of reach proves it with the recovery code.",
    todo: "Add a method, choose Email, enter kim@example.net, use the recovery code K7M2 P9Q4 R8S3 T6V5 W1X2 Y9ZA.",
    expect:
      "The used code is replaced at once: “Save your recovery code” shows the new one, then the address comes back.",
    set: ({ visitor }) => visitor.signIn("kim@example.com"),
  },
  {
    name: "replace-a-method",
    title: "Somebody has a new number and puts it in the place of the old one.",
    todo: "Press Replace, enter +12025550142 and type the code.",
    expect: "The old number goes only when the new one works: “… has taken the place of the old method.”",
    set: startProven,
  },
  {
    name: "came-back-to-the-code",
    title: "Somebody closed the page while the code was on its way, and opens it again.",
    todo: "Type the code that the phone shows.",
    expect: "The page opens at “Enter the code we texted”, with the clocks as they are. No second text was sent.",
    set: startWithText,
  },
  {
    name: "came-back-to-the-recovery-code",
    title: "Somebody closed the page before the recovery code was saved.",
    todo: "Reload as often as you like, then save the code.",
    expect: "“Save your recovery code” shows the same code each time, until “I have saved it” and Done.",
    async set({ visitor }) {
      await startWithText({ visitor });
      await visitor.handIn();
    },
  },
  {
    name: "sign-in-by-redirect",
    title: "The company signs people in at the tenant’s own page only.",
    todo: "Press Sign in; at the tenant: robin@example.com and Enroll-Demo-1. Then add a method.",
    expect: "The tenant’s page leads back to “Sign-in methods”, and everything goes on as with the password.",
    set: ({ change }) => change({ ways: "redirect" }),
  },
];
