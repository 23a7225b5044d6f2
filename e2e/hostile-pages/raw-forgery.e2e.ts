import { CLIENT_HEADER, IDEMPOTENCY_HEADER } from "../../src/contract/routes.ts";
import { askRaw, type Lines } from "./raw-client.ts";
import { isRefusal, watchVictim } from "./untouched.ts";
import { expect, NAMES, test } from "./world.ts";

/*
 * What no page can send and a program can: headers that are missing, written twice or made up, with the cookie of
 * somebody who is signed in.
 */

test("a request without the right headers does nothing, whichever it lacks or has twice, and no door answers a preflight", async ({
  context,
  page,
  worldFor,
}) => {
  const world = await worldFor();
  const { targets, expectUntouched } = await watchVictim(page, world);
  const [cookie] = await context.cookies(world.app);
  const host = new URL(world.app).host;
  const honest: Lines = [
    ["Host", host],
    ["Cookie", `${cookie?.name ?? ""}=${cookie?.value ?? ""}`],
    ["Origin", world.app],
    ["Sec-Fetch-Site", "same-origin"],
    ["Sec-Fetch-Mode", "cors"],
    [CLIENT_HEADER, "1"],
    [IDEMPOTENCY_HEADER, "0123456789abcdef"],
    ["Content-Type", "application/json"],
  ];
  const but = (name: string, ...values: readonly string[]): Lines => [
    ...honest.filter(([known]) => known !== name),
    ...values.map((value): [string, string] => [name, value]),
  ];
  const both = but("Sec-Fetch-Site").filter(([name]) => name !== "Origin");
  const theirs: readonly (readonly [what: string, lines: Lines])[] = [
    ["no header of ours", but(CLIENT_HEADER)],
    ["an empty header of ours", but(CLIENT_HEADER, "")],
    ["another value of it", but(CLIENT_HEADER, "true")],
    ["it twice", but(CLIENT_HEADER, "1", "1")],
    ["neither site nor origin", both],
    ["no host that is ours", but("Host", new URL(world.rebound).host)],
    ["our host without its port", but("Host", NAMES.app)],
    ["two hosts", but("Host", host, new URL(world.evil).host)],
    ["two sites", but("Sec-Fetch-Site", "same-origin", "cross-site")],
    ["two sites, theirs first", but("Sec-Fetch-Site", "cross-site", "same-origin")],
    ["the same site twice", but("Sec-Fetch-Site", "same-origin", "same-origin")],
    ["two origins", but("Origin", world.app, world.evil)],
    ["two origins, theirs first", but("Origin", world.evil, world.app)],
  ];
  for (const { url, body } of targets.filter((target) => target.body !== null)) {
    const start = { method: "POST", path: url.slice(world.app.length) };
    for (const [what, lines] of theirs) {
      const answer = await askRaw(world, start, lines, body ?? "");
      expect(isRefusal(answer), `${start.path} with ${what}: ${String(answer.status)}`).toBe(true);
    }
    for (const types of [
      [],
      ["text/plain"],
      ["text/plain", "application/json"],
      ["application/json", "text/plain"],
      ["text/plain; x=application/json"],
    ]) {
      const answer = await askRaw(world, start, but("Content-Type", ...types), body ?? "");
      expect([400, 403, 415], `${start.path} as ${types.join(" and ")}`).toContain(answer.status);
    }
    for (const name of ["X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"]) {
      const answer = await askRaw(world, { ...start, method: "GET" }, [...honest, [name, "POST"]]);
      expect(isRefusal(answer), `${start.path} by GET, with ${name}`).toBe(true);
    }
  }
  for (const { url } of targets) {
    const path = url.slice(world.app.length);
    const preflight: Lines = [
      ["Host", host],
      ["Origin", world.sibling],
      ["Access-Control-Request-Method", "POST"],
      ["Access-Control-Request-Headers", `content-type,${CLIENT_HEADER.toLowerCase()}`],
    ];
    expect(isRefusal(await askRaw(world, { method: "OPTIONS", path }, preflight)), `a preflight for ${path}`).toBe(
      true,
    );
  }
  await expectUntouched();
});

const SITES = [null, "same-origin", "same-site", "cross-site", "none", "Same-Origin"] as const;

test("of every site and every origin that a request can name, only ours with ours is let in", async ({
  context,
  page,
  worldFor,
}) => {
  const world = await worldFor();
  await watchVictim(page, world);
  const [cookie] = await context.cookies(world.app);
  const origins = [
    null,
    world.app,
    "null",
    `${world.app}.${NAMES.evil}`,
    world.app.replace("https://", `https://${NAMES.evil}.`),
    world.sibling,
    world.app.replace("https:", "http:"),
    `https://${NAMES.app}`,
    world.app.toUpperCase(),
    `${world.app}/`,
  ];
  const letIn: string[] = [];
  for (const site of SITES) {
    for (const origin of origins) {
      const lines: [string, string][] = [
        ["Host", new URL(world.app).host],
        ["Cookie", `${cookie?.name ?? ""}=${cookie?.value ?? ""}`],
        [CLIENT_HEADER, "1"],
      ];
      if (site !== null) lines.push(["Sec-Fetch-Site", site]);
      if (origin !== null) lines.push(["Origin", origin]);
      const { status } = await askRaw(world, { method: "GET", path: "/api/mfa/session" }, lines);
      if (status === 200) letIn.push(`${String(site)} ${String(origin)}`);
      else expect(status, `${String(site)} ${String(origin)}`).toBe(403);
    }
  }
  expect(letIn).toEqual([`null ${world.app}`, "same-origin null", `same-origin ${world.app}`]);
});
