import { expect, test } from "vitest";
import { visitBy } from "../journeys/errands.ts";
import { PAGE } from "../journeys/stack.ts";

const OURS = { "x-mfa-enroll": "1", origin: PAGE };

/** One request for each status that a guard, a door or the lack of one comes to. */
const ASKED: [number, string, RequestInit][] = [
  [200, "/session", { headers: OURS }],
  [303, "/callback?state=x", {}],
  [400, "/sign-in", { method: "POST", headers: { ...OURS, "content-type": "application/json" }, body: "{" }],
  [401, "/enrollment/contact", { headers: OURS }],
  [403, "/session", {}],
  [404, "/nothing", { headers: OURS }],
  [405, "/session", { method: "DELETE", headers: OURS }],
  [
    413,
    "/sign-in",
    { method: "POST", headers: { ...OURS, "content-type": "application/json" }, body: "x".repeat(5000) },
  ],
  [415, "/sign-in", { method: "POST", headers: { ...OURS, "content-type": "text/plain" }, body: "{}" }],
  [421, "/session", { headers: { ...OURS, host: "evil.example" } }],
];

test.each(ASKED)(
  "an answer of %i is kept by no cache, depends on what it says, and is nothing but what it is",
  async (status, path, init) => {
    const { stack } = await visitBy("robin@example.com");
    const answer = await stack.bff(new Request(`${PAGE}/api/mfa${path}`, init));
    expect(answer.status).toBe(status);
    expect(answer.headers.get("cache-control")).toBe("no-store, private");
    expect(answer.headers.get("vary")?.split(", ")).toEqual(expect.arrayContaining(["Origin", "Sec-Fetch-Site"]));
    expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
    expect(answer.headers.get("cross-origin-resource-policy")).toBe("same-origin");
    expect(answer.headers.get("referrer-policy")).toBe("no-referrer");
    expect(answer.headers.get("strict-transport-security")).toMatch(/max-age=(3153\d{4}|[4-9]\d{7})/);
  },
);
