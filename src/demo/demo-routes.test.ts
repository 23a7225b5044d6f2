import { describe, expect, it } from "vitest";
import { createOutbox } from "../simulator/outbox.ts";
import { createDemoClock } from "./demo-clock.ts";
import { createDemoRoutes } from "./demo-routes.ts";
import { type DemoChange, type DemoSwitches, demoViewSchema, scenarioListSchema } from "./demo-view.ts";
import { findScenario } from "./scenarios/catalogue.ts";

function build() {
  const outbox = createOutbox(() => 1000);
  const clock = createDemoClock(() => 1000);
  const changes: DemoChange[] = [];
  let resets = 0;
  const switches: DemoSwitches = { policy: "never", recoveryCodes: true, ways: "both" };
  const routes = createDemoRoutes({
    outbox,
    people: { list: () => [] },
    page: (_request, file) => new Response(`page ${file ?? ""}`),
    clock,
    scenario: () => findScenario("locked"),
    switches: () => switches,
    change: (wanted) => changes.push(wanted),
    reset: async () => {
      resets += 1;
      outbox.clear();
    },
  });
  const ask = (path: string, init?: RequestInit) => routes.fetch(new Request(`http://localhost/demo${path}`, init));
  const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
    ask(path, {
      method: "POST",
      body: JSON.stringify(body),
      headers: { "Content-Type": "application/json", ...headers },
    });
  return { outbox, clock, routes, changes, ask, post, resetsSoFar: () => resets };
}

/** Reads server-sent events until so many have come. */
async function events(answer: Response, wanted: number): Promise<string[]> {
  const reader = (answer.body ?? new Blob().stream()).pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  let found: string[] = [];
  while (found.length < wanted) {
    const { value, done } = await reader.read();
    if (done) break;
    text += value;
    found = text.split("\n\n").filter((block) => /^(id|event):/.test(block));
  }
  await reader.cancel();
  return found;
}

const sms = { channel: "sms", to: "+12025550100", text: "Your code is 123456.", code: "123456" } as const;

describe("the pretend phone's messages", () => {
  it("are there as JSON, so that a driver can read codes", async () => {
    const { outbox, ask } = build();
    outbox.post(sms);
    const answer = await ask("/outbox");
    expect(await answer.json()).toEqual([{ id: "1", at: 1000, ...sms }]);
    expect(answer.headers.get("Cache-Control")).toBe("no-store");
  });

  it("arrive live, after those that came before", async () => {
    const { outbox, ask } = build();
    outbox.post(sms);
    const answer = await ask("/outbox/stream");
    outbox.post({ ...sms, code: "654321" });
    const [first, second] = await events(answer, 2);
    expect(first).toContain("123456");
    expect(second).toContain("654321");
  });

  it("are not repeated to a dock that lost its connection", async () => {
    const { outbox, ask } = build();
    outbox.post(sms);
    outbox.post({ ...sms, code: "654321" });
    const answer = await ask("/outbox/stream", { headers: { "Last-Event-ID": "1" } });
    const [first] = await events(answer, 1);
    expect(first).toContain("654321");
  });

  it("are cleared everywhere when the demo starts over", async () => {
    const { ask, post, resetsSoFar } = build();
    const answer = await ask("/outbox/stream");
    await post("/reset", {});
    expect(await events(answer, 1)).toEqual(["event: cleared\ndata: {}"]);
    expect(resetsSoFar()).toBe(1);
  });

  it("do not keep a server from stopping", async () => {
    const { routes, ask } = build();
    const answer = await ask("/outbox/stream");
    routes.close();
    expect(await answer.text()).toContain("retry:");
  });
});

describe("the demo's switches", () => {
  it("turn what is asked for, and tell what is so", async () => {
    const { changes, post, ask } = build();
    const answer = await post("/switches", { policy: "always" });
    expect(changes).toEqual([{ policy: "always" }]);
    expect(await answer.json()).toEqual(await (await ask("/state")).json());
  });

  it.each([{ policy: "sometimes" }, { colour: "red" }, null, []])("refuse what they do not have: %j", async (body) => {
    const { changes, post } = build();
    expect((await post("/switches", body)).status).toBe(400);
    expect(changes).toEqual([]);
  });

  it("cannot be turned by a page of another site", async () => {
    const { changes, post, resetsSoFar } = build();
    const foreign = { "Sec-Fetch-Site": "cross-site" };
    expect((await post("/switches", { policy: "always" }, foreign)).status).toBe(403);
    expect((await post("/reset", {}, foreign)).status).toBe(403);
    expect([changes.length, resetsSoFar()]).toEqual([0, 0]);
  });
});

describe("scenarios", () => {
  it("are listed with what to do and what to expect, without what sets them", async () => {
    const { ask } = build();
    const groups = scenarioListSchema.parse(await (await ask("/scenarios")).json());
    const names = groups.flatMap(({ scenarios }) => scenarios.map(({ name }) => name));
    expect(names).toContain("code-expired");
    expect(new Set(names).size).toBe(names.length);
    expect(names.length).toBeGreaterThanOrEqual(24);
  });

  it("are told of while they are played, with the demo's time", async () => {
    const { ask } = build();
    const view = demoViewSchema.parse(await (await ask("/state")).json());
    expect([view.now, view.scenario?.name]).toEqual([1000, "locked"]);
  });
});

describe("the demo's clock", () => {
  it("goes ahead when it is asked to", async () => {
    const { clock, post } = build();
    const view = demoViewSchema.parse(await (await post("/later", { seconds: 300 })).json());
    expect([view.now, clock.now()]).toEqual([301_000, 301_000]);
  });

  it.each([{ seconds: -1 }, { seconds: 0 }, { seconds: 100_000 }, { seconds: "300" }, {}, null])(
    "does not go by %j",
    async (body) => {
      const { clock, post } = build();
      expect((await post("/later", body)).status).toBe(400);
      expect(clock.now()).toBe(1000);
    },
  );

  it("is not set by a page of another site", async () => {
    const { clock, post } = build();
    expect((await post("/later", { seconds: 300 }, { "Sec-Fetch-Site": "cross-site" })).status).toBe(403);
    expect(clock.now()).toBe(1000);
  });
});

it.each([
  ["/phone", "page /src/demo/phone.html"],
  ["/mailbox", "page /src/demo/mailbox.html"],
])("%s is a page of its own", async (path, text) => {
  const { ask } = build();
  expect(await (await ask(path)).text()).toBe(text);
});
