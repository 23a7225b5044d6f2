import { PHONE, started } from "../journeys/errands.ts";
import { type Browser, createStack, type Stack } from "../journeys/stack.ts";
import type { Store } from "../bff/store.ts";

/*
 * Cookies that were good once, or are good for somebody else. Each is had by real calls, beside the person whose request is
 * mutated.
 */

/** Eight hours and a second: the longest that a visit lives. */
const PAST_EVERY_END_MS = 8 * 3_600_000 + 1_000;

const ROBIN = "robin@example.com";
const TONI = "toni@example.com";

/** Names what was kept on the way to a scene: cookies beside the person's own, by their story, and a handle. */
export type Kept =
  | "of another key"
  | "of a retired key"
  | "with another's record"
  | "before the sign-in"
  | "after the sign-out"
  | "after a newer sign-in"
  | "after its longest life"
  | "of a person who is gone"
  | "of another person"
  | "of an unproven visit"
  | "a handle of what is gone";

/** What a scene may keep for its mutations, and the store that all of it is in. */
export type Beside = {
  readonly kept: Map<Kept, string>;
  readonly store: Store;
  /** Puts the record of one cookie in the place of another's. */
  readonly swap: (from: Browser, to: Browser) => void;
};

/** Lets others come and go, signs the person in, and lets them start an enrollment. Returns what confirms it. */
export async function amongOthers(stack: Stack, browser: Browser, { kept, store, swap }: Beside): Promise<unknown> {
  const keep = (life: Kept, of: Browser) => kept.set(life, cookieIn(of));
  const signedIn = async (of: Stack, who = TONI) => {
    const other = of.browser();
    await other.signInByPassword(who);
    return other;
  };
  keep("after its longest life", await signedIn(stack, ROBIN));
  await stack.clock.advance(PAST_EVERY_END_MS);
  await browser.signInByPassword(ROBIN);

  keep("of another key", await signedIn(createStack({ clock: stack.clock }), ROBIN));
  const retired = { MFA_SECRET_KEY: Buffer.alloc(32, 9).toString("base64") };
  keep("of a retired key", await signedIn(createStack({ clock: stack.clock, store, env: retired }), ROBIN));

  const robbed = await signedIn(stack);
  swap(browser, robbed);
  keep("with another's record", robbed);

  const nobody = stack.browser();
  await nobody.call("signIn", { way: "redirect", returnTo: "/" });
  keep("before the sign-in", nobody);

  const left = await signedIn(stack, ROBIN);
  keep("after the sign-out", left);
  await left.call("signOut");

  const again = await signedIn(stack, ROBIN);
  keep("after a newer sign-in", again);
  await again.signInByPassword(ROBIN);
  await again.view();

  stack.simulator.people.add({ subject: "auth0|gone", name: "Gone", email: "gone@example.com" });
  const gone = await signedIn(stack, "gone@example.com");
  keep("of a person who is gone", gone);
  stack.simulator.people.remove("auth0|gone");

  keep("of another person", await signedIn(stack));
  const { enrollmentId } = await started(browser);
  return { enrollmentId, code: stack.code(PHONE) };
}

/** Returns the Cookie header of a browser. */
export function cookieIn(browser: Browser): string {
  return [...browser.jar].map(([name, value]) => `${name}=${value}`).join("; ");
}
