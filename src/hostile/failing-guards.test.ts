import { expect, test } from "vitest";
import { askedOf } from "./asked-of.ts";
import { WRITES } from "./scenes.ts";
import { createWorld } from "./world.ts";

/** Everything of a request that a guard looks at. */
const LOOKED_AT = [
  "host",
  "origin",
  "sec-fetch-site",
  "sec-fetch-mode",
  "sec-fetch-dest",
  "x-mfa-enroll",
  "idempotency-key",
  "content-type",
  "content-encoding",
  "content-length",
  "cookie",
];

test.each(WRITES)("a guard that fails while it looks at a request for $route lets nothing through", async (scene) => {
  const world = await createWorld(scene);
  const before = await world.look();
  for (const name of LOOKED_AT) {
    const asked = askedOf(world.wire());
    const answered = await world.stack.exchange({
      ...asked,
      values(header) {
        if (header === name) throw new TypeError(`reading ${name}`);
        return asked.values(header);
      },
    });
    expect({ name, status: answered.status }).toEqual({ name, status: 503 });
    expect(answered.body).not.toContain("reading");
  }
  const asked = askedOf(world.wire());
  const answered = await world.stack.exchange({ ...asked, body: () => Promise.reject(new Error("reading the body")) });
  expect(answered.status).toBe(503);
  expect(await world.look()).toEqual(before);
  expect((await world.send(world.wire())).status).toBe(200);
});
