import type { Client } from "./clients.ts";
import type { Settings } from "./settings.ts";

/** How people sign in to the application: what is a mistake for one way in is none for another. */
export interface WayIn {
  readonly signIn: readonly ("redirect" | "password")[];
  /** Passwords are sent with the name of the connection, instead of leaving that to the tenant's default directory. */
  readonly realm: boolean;
}

/** What was set up: the tenant, and the application that people use. */
export interface Setup {
  readonly settings: Settings;
  readonly client: Client;
}

/** One mistake of setting up. It is only ever made by what an administrator can do, too. */
export interface SetupFault {
  readonly id: string;
  /** What it changes. Of two that change the same thing only one is drawn, so that both can be seen. */
  readonly touches: readonly string[];
  /** Tells where it stands between people and what they want; everywhere when absent. */
  readonly matters?: (wayIn: WayIn) => boolean;
  /** Tells whether the tenant is set up like that already. */
  readonly isThere: (setup: Setup) => boolean;
  readonly plant: (setup: Setup) => void;
}

/** Whether people are sent to the tenant's own page to sign in. */
export function byRedirect({ signIn }: WayIn): boolean {
  return signIn.includes("redirect");
}

/** Whether the application takes passwords itself. */
export function byPassword({ signIn }: WayIn): boolean {
  return signIn.includes("password");
}
