import { describe, expect, test } from "vitest";
import { type RouteName, routes } from "../contract/routes.ts";
import { scenes, WRITES } from "./scenes.ts";
import { withHeader, withMember, withoutHeader } from "./wire.ts";
import { createWorld } from "./world.ts";

/** What health checks, crawlers and scanners call themselves; a rule somewhere may have been made for each of them. */
const AGENTS = [
  "GoogleHC/1.0",
  "ELB-HealthChecker/2.0",
  "kube-probe/1.30",
  "Consul Health Check",
  "Amazon-Route53-Health-Check-Service",
  "Googlebot/2.1",
  "bingbot/2.0",
  "facebookexternalhit/1.1",
  "Slackbot",
  "Twitterbot/1.0",
  "curl/8.0",
  "Wget/1.21",
  "python-requests/2.31",
  "Go-http-client/2.0",
  "sqlmap/1.8",
  "",
  "-",
  "() { :;}; echo x",
  "${jndi:ldap://evil.example/a}",
  "<script>alert(1)</script>",
];
const TRICKS = [
  (path: string) => path,
  (path: string) => `${path}/healthz`,
  (path: string) => `/healthz/..${path}`,
  (path: string) => `${path}?/healthz`,
  (path: string) => `${path}#/healthz`,
  (path: string) => `${path};/healthz`,
  (path: string) => `${path}.css`,
  (path: string) => `/static/..;${path}`,
];

describe("whoever is not signed in", () => {
  test("gets through no guarded door, whatever they call themselves and however they write the path", async () => {
    const world = await createWorld(scenes.start);
    for (const agent of AGENTS) {
      for (const trick of TRICKS) {
        const wire = withHeader(withoutHeader(world.wire(), "cookie"), "user-agent", agent);
        const { status } = await world.send({ ...wire, path: trick(wire.path) });
        expect({ agent, path: trick(wire.path), open: ![401, 403, 404].includes(status) }).toMatchObject({
          open: false,
        });
      }
    }
    expect((await world.send(world.wire())).status).toBe(200);
  });

  test("is taken for nobody by an unknown id, which is cleared and not taken on", async () => {
    const world = await createWorld(scenes.start);
    const cookie = `__Host-mfa=${"A".repeat(43)}`;
    const { status, headers } = await world.send(withHeader(world.wire(), "cookie", cookie));
    expect(status).toBe(401);
    expect(headers.find(([name]) => name === "set-cookie")?.[1]).toMatch(/^__Host-mfa=; .*Max-Age=0$/);
    // The same id again is as unknown as before.
    expect((await world.send(withHeader(world.wire(), "cookie", cookie))).status).toBe(401);
  });
});

test.each([scenes.cancel, scenes.remove])(
  "$route of what is not there does nothing and says what is true",
  async (scene) => {
    const world = await createWorld(scene);
    const before = await world.look();
    const wire = withMember(world.wire(), scene === scenes.cancel ? "enrollmentId" : "authenticatorId", "A".repeat(22));
    const { status, text } = await world.send(wire);
    expect({ status, text }).toEqual({ status: 200, text: before.view });
    expect(await world.look()).toEqual(before);
  },
);

describe("every door", () => {
  const NAMES = Object.keys(routes) as RouteName[];
  const METHODS = "GET HEAD POST PUT PATCH DELETE OPTIONS TRACE CONNECT PROPFIND get FOO".split(" ");

  test.each(NAMES)("%s knows its own method and no other", async (name) => {
    const world = await createWorld(scenes.read);
    const { method: own } = routes[name];
    for (const method of METHODS.filter((other) => other !== own)) {
      const { status, headers } = await world.send({ ...world.ask(name, {}), method });
      expect({ method, status, allow: headers.find(([header]) => header === "allow")?.[1] }).toEqual({
        method,
        status: 405,
        allow: own,
      });
    }
  });

  const HOSTS = [
    "evil.example",
    "account.test.evil.example",
    "evilaccount.test",
    "account.test.",
    "ACCOUNT.TEST",
    "account.test:443",
    "account.test:80",
    "account.test:",
    ":443",
    "",
    " ",
    "127.0.0.1",
    "localhost",
    "[::1]",
    "account.test, evil.example",
    "account.test/",
    "account.test#",
    "user@account.test",
    "account.test\t",
    "\u0430ccount.test",
  ];

  test("is at one host, written in one way", async () => {
    const world = await createWorld(scenes.read);
    for (const { route } of [scenes.read, ...WRITES]) {
      for (const host of HOSTS) {
        const { status } = await world.send(withHeader(world.ask(route, {}), "host", host));
        expect({ host, status }).toEqual({ host, status: 421 });
      }
      expect((await world.send(withoutHeader(world.ask(route, {}), "host"))).status).toBe(421);
    }
  });
});
