import type { Page } from "playwright/test";
import { CALLBACK_PATH, type RouteName, routes } from "../../src/contract/routes.ts";
import { addPerson } from "../people.ts";
import type { Target } from "./arms.ts";
import type { Passed } from "./front.ts";
import { askFromOwnPage, prepareVictim, readOwnSession, type Victim } from "./own-page.ts";
import { expect, type World } from "./world.ts";

/** Every route of the contract. */
export const ROUTE_NAMES = Object.keys(routes).filter((name): name is RouteName => name in routes);

/** Somebody who is signed in, and what holds for them as long as nobody acts in their name. */
export interface Watched {
  victim: Victim;
  /** Every door of ours, with what it would have to be sent. */
  targets: Target[];
  /** Fails when the tenant did anything, or when the session or its cookies are not what they were. */
  expectUntouched(): Promise<void>;
}

/** Signs a victim in at our page and remembers all there is to change about them. */
export async function watchVictim(page: Page, world: World): Promise<Watched> {
  const victim = await prepareVictim(page, world, await addPerson(world.site));
  const doors = ROUTE_NAMES.map((name) => {
    const body = victim.bodies[name];
    return { url: `${world.app}/api/mfa${routes[name].path}`, body: body && JSON.stringify(body) };
  });
  const callback = { url: `${world.app}/api/mfa${CALLBACK_PATH}?code=forged&state=forged`, body: null };
  const [ledger, session] = [await world.ledger(), (await readOwnSession(page)).text];
  const cookies = await page.context().cookies(world.app);
  expect(cookies.map(({ name, sameSite, secure, httpOnly }) => ({ name, sameSite, secure, httpOnly }))).toEqual([
    { name: "__Host-mfa", sameSite: "Lax", secure: true, httpOnly: true },
  ]);
  return {
    victim,
    targets: [...doors, callback],
    async expectUntouched() {
      expect(await world.ledger(), "what the tenant did").toBe(ledger);
      expect((await readOwnSession(page)).text, "the session").toBe(session);
      expect(await page.context().cookies(world.app), "the cookies").toEqual(cookies);
    },
  };
}

/** Tells whether an answer did nothing and told nothing. The callback leads home, where nobody had left for the tenant. */
export function isRefusal({ status, path, answered }: Pick<Passed, "status" | "path" | "answered">): boolean {
  if (answered.some((name) => name.startsWith("access-control-") || name === "set-cookie")) return false;
  return (path.includes(CALLBACK_PATH) ? [303, 404, 405, 421] : [400, 403, 404, 405, 421]).includes(status);
}

/** Begins to listen at our doors. Our own page is where the callback leads, and asks from the same origin as it should. */
export function listenTo(
  world: World,
  sites: readonly string[] = ["cross-site", "same-site", "none"],
): () => readonly Passed[] {
  const before = world.front.passed.length;
  return () =>
    world.front.passed
      .slice(before)
      .filter(({ path, site }) => path.startsWith("/api/") && (site === null || sites.includes(site)));
}

/** A newer message would make the code of the earlier one worthless, and whoever is signed out does nothing more. */
const ORDER: readonly RouteName[] = [
  "confirm",
  ...ROUTE_NAMES.filter((name) => !["confirm", "remove", "signIn", "signOut"].includes(name)),
  ...(["remove", "signOut", "signIn"] as const),
];

/** Fails unless the same requests are taken from our own page, and do there what they are for. */
export async function expectTheSameToWorkFromOurPage(page: Page, world: World, { bodies }: Victim): Promise<void> {
  const ledger = await world.ledger();
  const answers = new Map<RouteName, string>();
  for (const name of ORDER) {
    const { status, code } = await askFromOwnPage(page, name, bodies[name]);
    answers.set(name, code ?? String(status));
  }
  const told = [...answers.values()];
  expect(
    told.filter((code) => ["request_refused", "unsupported_media_type", "invalid_request"].includes(code)),
  ).toEqual([]);
  for (const name of ["session", "confirm", "start", "endOtherSessions", "remove", "signOut", "signIn"] as const)
    expect(answers.get(name), name).toBe("200");
  expect(await world.ledger(), "what the tenant did").not.toBe(ledger);
}
