import { expect, it } from "vitest";
import { createDemoClock } from "./demo-clock.ts";

function build() {
  let machine = 1000;
  const clock = createDemoClock(() => machine);
  return { clock, pass: (ms: number) => (machine += ms) };
}

it("is the machine's time, and ahead of it once it was asked to be later", () => {
  const { clock, pass } = build();
  expect(clock.now()).toBe(1000);
  clock.later(300);
  pass(5);
  expect(clock.now()).toBe(301_005);
  clock.reset();
  expect(clock.now()).toBe(1005);
});

it("ends a wait whose time has come by going ahead, and no other", async () => {
  const { clock } = build();
  const ended: string[] = [];
  const wait = (name: string, ms: number) => clock.wait(ms).then(() => ended.push(name));
  const short = wait("short", 8_000);
  void wait("long", 10_000_000);
  clock.later(9);
  await short;
  expect(ended).toEqual(["short"]);
});

it("does not lengthen a wait when it is set back", async () => {
  const { clock } = build();
  clock.later(3600);
  const waited = clock.wait(8_000);
  clock.reset();
  clock.later(8);
  await waited;
  expect(clock.now()).toBe(9000);
});

it("ends a wait that was given up", async () => {
  const { clock } = build();
  const giveUp = new AbortController();
  const waited = clock.wait(10_000_000, giveUp.signal);
  giveUp.abort();
  await waited;
  await clock.wait(10_000_000, giveUp.signal);
  expect(clock.now()).toBe(1000);
});
