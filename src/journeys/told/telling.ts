import { userEvent } from "@testing-library/user-event";
import type { Hearing } from "../hearing.ts";
import type { PageOptions } from "../page.tsx";
import type { Screen, Story } from "../story.ts";

/*
 * What the kept transcripts are told with: who is there, and the steps that most of them begin with.
 */

/** Numbers and addresses that nobody has, and a code that none of these journeys sends. */
export const NUMBER = "+1 202-555-0147";
export const ADDRESS = "robin.other@example.com";
export const WRONG = "000000";

/** Returns the sentence for a code that is none. */
export const NOT_IT = (left: number) => `That code didn’t match. ${left} tries left.`;

/** One journey's world: the stack, the page and what is heard on it. */
export type Told = { readonly story: Story; readonly screen: Screen; readonly ears: Hearing };

/** One journey: the file its transcript is kept in, what it is about, and what is done. */
export type Journey = {
  readonly file: string;
  readonly name: string;
  readonly tell: (told: Told) => Promise<void>;
  readonly page?: Omit<PageOptions, "time">;
};

/** Returns an empty collection of journeys, and what adds one to it. */
export function collect() {
  const journeys: Journey[] = [];
  return {
    journeys,
    journey(file: string, name: string, tell: Journey["tell"], page?: Journey["page"]): void {
      journeys.push({ file, name, tell, ...(page === undefined ? {} : { page }) });
    },
  };
}

/** Signs in with the password in the page. */
export async function signIn({ screen, ears }: Told, username: string): Promise<void> {
  await ears.does(`Signs in as ${username}.`, () => screen.signInHere(username));
}

/** Goes to where the code of a text is entered. */
export async function toTheCode(told: Told): Promise<void> {
  const { screen, ears } = told;
  await signIn(told, "robin@example.com");
  await ears.does("Asks for a code by text.", () => screen.askForCode("sms", NUMBER));
}

/** Goes to where the recovery code is saved. */
export async function toTheRecoveryCode(told: Told): Promise<void> {
  await toTheCode(told);
  await told.ears.type("Six-digit code", told.story.newestCode(), { as: "the code" });
}

/** Presses keys where the focus is. */
export async function keys({ story, ears }: Told, name: string, pressed: string): Promise<void> {
  await ears.does(`Presses ${name}.`, async () => {
    await userEvent.setup({ delay: null }).keyboard(pressed);
    await story.time.settle();
  });
}
