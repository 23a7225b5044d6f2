import { CLIENT_HEADER } from "../../src/contract/routes.ts";
import { askRaw, type Lines } from "./raw-client.ts";
import { expect, test } from "./world.ts";

/*
 * What every answer says of itself, whatever its status, where the page is on https as in a deployment.
 */

const EVERYWHERE: Readonly<Record<string, RegExp>> = {
  "content-security-policy": /^default-src 'none'(?=.*frame-ancestors 'none')(?!.*(?:unsafe-|\*|data:|blob:|http))/,
  "cross-origin-opener-policy": /^same-origin$/,
  "cross-origin-resource-policy": /^same-origin$/,
  "permissions-policy": /otp-credentials=\(self\)/,
  "referrer-policy": /^no-referrer$/,
  "x-content-type-options": /^nosniff$/,
  "x-frame-options": /^DENY$/,
};
const ON_HTTPS = { "strict-transport-security": /^max-age=31536000/ };
const NEVER = ["server", "x-powered-by", "via", "content-security-policy-report-only", "access-control-allow-origin"];

const PUBLIC = /^\/(?:assets\/|favicon\.svg$)/;

test("every answer has the whole policy and is kept by nobody, whatever its status", async ({ page, worldFor }) => {
  const world = await worldFor();
  const loaded = new Set<string>();
  page.on("response", (response) => loaded.add(new URL(response.url()).pathname));
  await page.goto(world.app);
  await page.getByRole("textbox", { name: "Password" }).waitFor();
  const host = new URL(world.app).host;
  const plain: Lines = [["Host", host]];
  const typed: Lines = [...plain, [CLIENT_HEADER, "1"], ["Origin", world.app]];
  const json: Lines = [...typed, ["Content-Type", "application/json"]];
  const big = `{"way":"password","password":"${"x".repeat(5000)}"}`;
  const parts = [...loaded].filter((path) => !path.startsWith("/api/"));
  expect(parts.filter((path) => PUBLIC.test(path)).length).toBeGreaterThan(3);
  const asked: readonly (readonly [status: number, method: string, path: string, lines: Lines, body?: string])[] = [
    ...parts.map((path) => [200, "GET", path, plain] as const),
    [404, "GET", "/nothing", plain],
    [404, "POST", "/nothing", plain],
    [405, "POST", "/", plain],
    [405, "DELETE", "/favicon.svg", plain],
    [200, "GET", "/api/mfa/session", typed],
    [303, "GET", "/api/mfa/callback", plain],
    [400, "POST", "/api/mfa/sign-in", json, "{"],
    [401, "POST", "/api/mfa/recovery-code", json, "{}"],
    [403, "GET", "/api/mfa/session", plain],
    [404, "GET", "/api/mfa/nothing", typed],
    [405, "PUT", "/api/mfa/session", json, "{}"],
    [413, "POST", "/api/mfa/sign-in", json, big],
    [415, "POST", "/api/mfa/sign-in", typed, "{}"],
    [421, "GET", "/api/mfa/session", typed.map(([name, value]) => [name, name === "Host" ? "rebound.test" : value])],
  ];
  for (const [status, method, path, lines, body] of asked) {
    const answer = await askRaw(world, { method, path }, lines, body);
    const what = `${method} ${path}: ${String(status)}`;
    expect(answer.status, what).toBe(status);
    for (const [name, value] of Object.entries({ ...EVERYWHERE, ...ON_HTTPS }))
      expect(answer.headers.get(name), `${name}, ${what}`).toMatch(value);
    expect(
      answer.answered.filter((name) => NEVER.includes(name)),
      what,
    ).toEqual([]);
    const isPublic = status === 200 && PUBLIC.test(path);
    expect(answer.headers.get("cache-control"), what).toMatch(
      isPublic ? /^public, max-age=\d+/ : /^no-store, private$/,
    );
  }
});

test("so has what could not even be read", async ({ worldFor }) => {
  const world = await worldFor();
  const start = { method: "GET", path: "/" };
  for (const [status, lines] of [
    [
      431,
      [
        ["Host", "app.test"],
        ["Cookie", "x".repeat(9000)],
      ],
    ],
    [
      400,
      [
        ["Host", "app.test"],
        ["Bad name", "1"],
      ],
    ],
    [
      400,
      [
        ["Host", "app.test"],
        ["Host", "app.test"],
        ["Transfer-Encoding", "chunked"],
      ],
    ],
  ] as const) {
    const answer = await askRaw(world, start, lines);
    expect(answer.status).toBe(status);
    expect(answer.answered).toEqual(expect.arrayContaining([...Object.keys(EVERYWHERE), "cache-control"]));
  }
});
