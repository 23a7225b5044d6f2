import { type Scenario, type Stage, startProven, startSignedIn, startWithText, troubleEnrolling } from "./scenario.ts";

/** The tenant does what it was asked to, and its answer is lost on the way. */
function loseAnswer({ tenant }: Pick<Stage, "tenant">, route: string): void {
  tenant.faults.add({ route, nth: 1, phase: "afterCommit", action: { type: "reset" } });
}

/** The tenant hands out the recovery code with the first text, and that answer is lost. */
async function loseRecoveryCode(stage: Stage): Promise<void> {
  loseAnswer(stage, "POST /mfa/associate");
  await startWithText(stage);
  stage.clock.later(31);
}

/** Things were done, or not, and the answer that would have said so is lost. */
export const LOST_ANSWERS: readonly Scenario[] = [
  {
    name: "lost-answer-on-start",
    title: "The tenant sends the text, and its answer is lost.",
    todo: "Add a method, choose Text message, enter +12025550142 and ask for the code.",
    expect: "“A message may arrive at …; its code will not work. Send another?” Nothing is sent twice by itself.",
    laterSeconds: 30,
    async set(stage) {
      await stage.visitor.signIn("toni@example.com");
      loseAnswer(stage, "POST /mfa/associate");
    },
  },
  {
    name: "answer-503-on-start",
    title: "The tenant answers 503, which does not say whether the text was sent.",
    todo: "Add a method, choose Text message, enter +12025550142 and ask for the code. Then press “30 seconds later” and Send another code.",
    expect: "“A message may arrive at …; its code will not work. Send another?” The second time it is sent.",
    laterSeconds: 30,
    async set(stage) {
      await startSignedIn(stage);
      troubleEnrolling(stage, { phase: "before", action: { type: "status", status: 503 } });
    },
  },
  {
    name: "lost-answer-on-resend",
    title: "Another text is asked for, and the tenant’s answer is lost.",
    todo: "Press Send another text.",
    expect: "“We asked for a newer message but its answer got lost. Use the earlier code, or send another.”",
    async set(stage) {
      await startWithText(stage);
      stage.clock.later(31);
      loseAnswer(stage, "POST /mfa/associate");
    },
  },
  {
    name: "lost-answer-on-confirm",
    title: "The tenant takes the code, and its answer is lost.",
    todo: "Type the code that the phone shows.",
    expect: "The page finds out that the method works and goes on to “Save your recovery code”. The code is kept.",
    async set(stage) {
      await startWithText(stage);
      loseAnswer(stage, "POST /oauth/token mfa-oob");
    },
  },
  {
    name: "lost-answer-on-remove",
    title: "The tenant removes the method, and its answer is lost.",
    todo: "Press Remove, and Remove once more.",
    expect: "The page finds out that it is gone: “You have no sign-in methods yet.”",
    async set(stage) {
      await startProven(stage);
      loseAnswer(stage, "DELETE /mfa/authenticators/:id");
    },
  },
  {
    name: "late-answer",
    title: "The tenant takes its time to send the text.",
    todo: "Add a method, choose Text message, enter +12025550142, ask for the code. Then press “10 seconds later”.",
    expect: "“Sending your code…” says that it takes longer. When the answer comes, the page goes on to the code.",
    laterSeconds: 10,
    async set(stage) {
      await startSignedIn(stage);
      troubleEnrolling(stage, { phase: "afterCommit", action: { type: "delay", milliseconds: 15_000 } });
    },
  },
  {
    name: "recovery-code-lost",
    title: "The recovery code was in an answer that got lost, and can be made anew.",
    todo: "Press Send another code, wait for it and type it. Then press Get a new recovery code.",
    expect: "“Your method is on, but there’s no recovery code”. The new one is shown to be saved.",
    set: loseRecoveryCode,
  },
  {
    name: "recovery-code-lost-for-good",
    title: "The recovery code got lost, and the company has not allowed the page to make a new one.",
    todo: "Press Send another code and type it.",
    expect: "“Your method is on, but there’s no recovery code” says what that means and whom to ask.",
    async set(stage) {
      stage.configure({ AUTH0_MANAGEMENT_CLIENT_ID: "", AUTH0_MANAGEMENT_CLIENT_SECRET: "" });
      await loseRecoveryCode(stage);
    },
  },
];
