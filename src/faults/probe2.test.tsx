// @vitest-environment jsdom
import { it, vi } from "vitest";
import "../journeys/preload.ts";
import { singleFaults, drawSchedule } from "./draw-schedule.ts";
import { createChance } from "./chance.ts";
import { runSchedule } from "./run-schedule.ts";
import { printSchedule } from "./schedule.ts";
vi.setConfig({ testTimeout: 600_000 });
it("probe", async () => {
  const which = process.env["WHICH"];
  const chance = createChance(Number(process.env["SEED"] ?? 1));
  const all = which === "random" ? Array.from({ length: Number(process.env["N"] ?? 100) }, () => drawSchedule(chance)) : singleFaults();
  const s = process.hrtime.bigint();
  const ended: Record<string, number> = {};
  const recovery: Record<string, number> = {};
  for (const one of all) {
    let o;
    const s1 = process.hrtime.bigint();
    try { o = await runSchedule(one); } catch (e) { process.stdout.write(`THREW ${printSchedule(one)}\n  ${String((e as Error).stack).slice(0, 600)}\n`); continue; }
    const ms = Number(process.hrtime.bigint() - s1) / 1e6;
    if (ms > 1500) process.stdout.write(`SLOW ${ms} ${printSchedule(one)}\n`);
    ended[o.ended] = (ended[o.ended] ?? 0) + 1;
    recovery[o.recovery] = (recovery[o.recovery] ?? 0) + 1;
    if (o.violations.length > 0 || o.ended === "unfinished") process.stdout.write(`${printSchedule(o.schedule)} → ${o.ended} ${o.recovery} sends ${o.sends} ${JSON.stringify(o.struck)}\n   ${o.violations.join("\n   ")}\n   ${o.passed.join(" > ")}\n`);
  }
  process.stdout.write(`${all.length} in ${Number(process.hrtime.bigint() - s) / 1e9} s ${JSON.stringify(ended)} ${JSON.stringify(recovery)}\n`);
});
