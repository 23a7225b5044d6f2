import { type Scenario, startWithText } from "./scenario.ts";

/** The connection between the page and its server. */
export const NETWORK: readonly Scenario[] = [
  {
    name: "slow-network",
    title: "Every answer takes two seconds.",
    todo: "Add a method, choose Text message, enter +12025550142 and press Text me a code several times.",
    expect: "However often it was pressed, one text is sent and the page goes on to “Enter the code we texted”.",
    async set({ visitor, line }) {
      await visitor.signIn("robin@example.com");
      line.slow(2000);
    },
  },
  {
    name: "lost-answer-to-the-page",
    title: "The text is sent, and the page never hears of it.",
    todo: "Add a method, choose Text message, enter +12025550142 and ask for the code.",
    expect: "The page finds out and goes on to “Enter the code we texted”. One text was sent.",
    async set({ visitor, line }) {
      await visitor.signIn("robin@example.com");
      line.loseNext("/api/mfa/enrollment");
    },
  },
  {
    name: "service-unreachable",
    title: "The page opens, and the service behind it does not answer.",
    todo: "Press Try again.",
    expect: "“We can’t reach the service”. The second time it answers.",
    async set({ visitor, line }) {
      await visitor.signIn("robin@example.com");
      line.loseNext("/api/mfa/session");
    },
  },
  {
    name: "offline",
    title: "The connection goes while a code is typed.",
    todo: "In the browser’s developer tools choose Network, Offline. Type the code. Go online, and press Try again.",
    expect: "“You’re offline. What you typed is kept; try again when you’re back.”",
    set: startWithText,
  },
];
