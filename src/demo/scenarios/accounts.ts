import { type Scenario, startProven, startSignedIn } from "./scenario.ts";

/** Accounts that differ from most. */
export const ACCOUNTS: readonly Scenario[] = [
  {
    name: "locked",
    title: "The account is locked after too many wrong codes.",
    todo: "Type the code that the phone shows.",
    expect: "“Locked for a while”, with the time at which it can be tried again.",
    async set({ visitor }) {
      await visitor.signIn("jules@example.com");
      await visitor.askForText("+12025550142");
    },
  },
  {
    name: "email-only",
    title: "The account has nothing but its verified address.",
    todo: "Look at the list.",
    expect: "The address is there: “Your account’s verified address. It’s always on.” It can’t be removed.",
    set: ({ visitor }) => visitor.signIn("sasha@example.com"),
  },
  {
    name: "last-method",
    title: "Somebody is about to remove the only method.",
    todo: "Press Remove.",
    expect: "“It’s your last method. After this, your password alone protects the account.”",
    set: startProven,
  },
  {
    name: "sign-in-blocked",
    title: "The tenant blocks the account after too many wrong passwords.",
    todo: "Sign in as robin@example.com with Enroll-Demo-1.",
    expect: "“Sign-in is blocked until …”",
    set({ tenant }) {
      const robin = tenant.people.find("robin@example.com");
      if (robin)
        robin.refusal = { status: 429, error: "too_many_attempts", description: "Your account has been blocked." };
    },
  },
  {
    name: "session-over",
    title: "The sign-in ends while somebody reads.",
    todo: "Press “16 minutes later”.",
    expect: "“Please sign in again”",
    laterSeconds: 960,
    set: startSignedIn,
  },
  {
    name: "proof-over",
    title: "The password was entered too long ago for a change.",
    todo: "Add a method, choose Text message, enter +12025550142, ask for the code, enter Enroll-Demo-1.",
    expect: "“Confirm it’s you”. After the password the number is still there.",
    async set({ visitor, clock }) {
      await visitor.signIn("robin@example.com");
      clock.later(360);
    },
  },
];
