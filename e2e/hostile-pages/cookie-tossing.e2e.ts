import type { Page } from "playwright/test";
import { CLIENT_HEADER } from "../../src/contract/routes.ts";
import { createEnrollmentPage } from "../../src/testing/enrollment-page.ts";
import { addPerson } from "../people.ts";
import { cookieShapes } from "./cookie-shapes.ts";
import { readOwnSession, signIn } from "./own-page.ts";
import { askRaw } from "./raw-client.ts";
import { expect, test, type World } from "./world.ts";

/*
 * A name below ours may write cookies for ours. Whatever it writes, nobody ever acts for somebody else, and whoever is
 * signed out by it sees so and signs in again.
 */

test.setTimeout(120_000);

/** The session id of an attacker who is signed in, in a browser of their own. */
async function idOfAttacker(page: Page, world: World): Promise<string> {
  const context = await page.context().browser()?.newContext({ ignoreHTTPSErrors: true });
  if (!context) throw new Error("There is no browser.");
  await signIn(await context.newPage(), world, await addPerson(world.site));
  const [cookie] = await context.cookies(world.app);
  await context.close();
  expect(cookie?.value).toMatch(/^[\w-]{43}$/);
  return cookie?.value ?? "";
}

/** Lets their server write lines into the jar, from a page of theirs. */
async function toss(theirs: Page, lines: readonly string[]): Promise<void> {
  const written = new URLSearchParams(lines.map((line) => ["line", Buffer.from(line, "latin1").toString("base64")]));
  await theirs.evaluate((address) => fetch(address).then(() => undefined), `/cookies?${written.toString()}`);
}

test("no cookie that a name below ours writes makes somebody act for somebody else", async ({
  context,
  page,
  theirs,
  worldFor,
}) => {
  const world = await worldFor();
  const id = await idOfAttacker(page, world);
  const person = await addPerson(world.site);
  await signIn(page, world, person);
  const { view } = await readOwnSession(page);
  const mine = await context.cookies(world.app);
  await theirs.goto(world.sibling);
  const shapes = cookieShapes({ id });
  expect(shapes).toHaveLength(34);
  let kept = 0;
  for (const [what, lines] of shapes) {
    await context.clearCookies();
    await context.addCookies(mine);
    await toss(theirs, lines);
    const isKept = (await context.cookies(world.app)).length > 1;
    const name = (await readOwnSession(page)).view.person?.name ?? null;
    expect([view.person?.name, null], `a cookie ${what}`).toContain(name);
    if (name === null) expect(lines.join(""), what).toContain("__Host-mfa");
    if (!isKept) continue;
    kept += 1;
    // The jar of somebody who is not signed in yet.
    await context.clearCookies();
    await toss(theirs, lines);
    expect((await readOwnSession(page)).view.person, `a cookie ${what}, before anybody has signed in`).toBeNull();
  }
  // Browsers refuse most of what would overwrite ours; what they let through is what this is about.
  expect(kept).toBeGreaterThanOrEqual(10);
  await context.clearCookies();
});

test("no cookie header that is not exactly ours is taken for it, byte by byte", async ({ context, page, worldFor }) => {
  const world = await worldFor();
  await signIn(page, world, await addPerson(world.site));
  const [cookie] = await context.cookies(world.app);
  const { name = "", value = "" } = cookie ?? {};
  const isSomebody = async (...cookies: readonly string[]): Promise<boolean> => {
    const { status, body } = await askRaw(world, { method: "GET", path: "/api/mfa/session" }, [
      ["Host", new URL(world.app).host],
      ["Sec-Fetch-Site", "same-origin"],
      [CLIENT_HEADER, "1"],
      ...cookies.map((line): [string, string] => ["Cookie", line]),
    ]);
    expect([200, 400, 403, 431], cookies.join(" and ")).toContain(status);
    return status === 200 && !body.includes('"person":null');
  };
  const ours = `${name}=${value}`;
  const junk = `${name}=${"A".repeat(43)}`;
  expect(await isSomebody(ours)).toBe(true);
  expect(await isSomebody(`theirs=1; ${ours}; more=2`)).toBe(true);
  const spaces = ["\u0085", "\u00a0", "\u000b", "\u000c", "\t", " ", "\u00e2\u0080\u0080", "\u00e3\u0080\u0080"];
  const others = [
    ...spaces.flatMap((space) => [
      `${space}${name}=${value}`,
      `${name}${space}=${value}`,
      `theirs=1;${space}${space}${ours}`,
    ]),
    `${name}= ${value}`,
    `${name}="${value}"`,
    `${name}=${value}A`,
    `${name}=${value.slice(1)}`,
    `${name}==${value}`,
    `${name.toLowerCase()}=${value}`,
    `${name.toUpperCase()}=${value}`,
    `=${ours}`,
    `mfa=${value}`,
    value,
    `${ours}; ${junk}`,
    `${junk}; ${ours}`,
    `${ours}; ${ours}`,
    `theirs=";${ours}`,
  ];
  for (const other of others) {
    // Spaces before the first name are the header's own (RFC 9110 section 5.5).
    const isTrimmed = /^[\t ]+__Host-mfa=[\w-]{43}$/.test(other);
    expect(await isSomebody(other), JSON.stringify(other)).toBe(isTrimmed);
  }
  for (const two of [
    [ours, junk],
    [junk, ours],
    [ours, ours],
  ])
    expect(await isSomebody(...two), two.join(" and ")).toBe(false);
});

test("somebody whose jar was filled until nothing is read any more is signed out once and goes on", async ({
  context,
  page,
  theirs,
  worldFor,
  complaints,
}) => {
  const world = await worldFor();
  const person = await addPerson(world.site);
  await signIn(page, world, person);
  await theirs.goto(world.sibling);
  for (const at of ["1", "2", "3"])
    await toss(theirs, [`theirs-${at}=${"x".repeat(4000)}; Domain=app.test; Path=/; Secure; Max-Age=31536000`]);
  expect(await context.cookies(world.app)).toHaveLength(4);
  const answer = await page.goto(world.app);
  expect(answer?.status()).toBe(431);
  await expect(page.getByText("Please load the page again.")).toBeVisible();
  expect(await context.cookies(world.app)).toEqual([]);
  await page.reload();
  await createEnrollmentPage(page).signInHere(person);
  // The one answer that had to be told.
  expect(complaints.filter((complaint) => !complaint.startsWith("431: "))).toEqual([]);
  complaints.length = 0;
});

test("no link signs anybody out by an address that is too long to be read", async ({ page, theirs, worldFor }) => {
  const world = await worldFor();
  await signIn(page, world, await addPerson(world.site));
  const long = `${world.app}/?${"x".repeat(9000)}`;
  for (const from of [world.evil, world.sibling]) {
    await theirs.goto(from);
    await theirs.evaluate((address) => void setTimeout(() => location.assign(address)), long);
    await expect(theirs.getByText("Please load the page again.")).toBeVisible();
    expect((await readOwnSession(page)).view.person, from).not.toBeNull();
  }
});
