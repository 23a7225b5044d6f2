// @vitest-environment jsdom
import { it, vi } from "vitest";
import "../journeys/preload.ts";
import { ERRANDS } from "./draw-schedule.ts";
import { runSchedule } from "./run-schedule.ts";
import { parseSchedule, printSchedule } from "./schedule.ts";
vi.setConfig({ testTimeout: 600_000 });
it("probe", async () => {
  const lines = process.env["REPLAY"]?.split("\n") ?? ERRANDS.map((errand) => printSchedule({ errand, faults: [] }));
  for (const line of lines) {
    const s = process.hrtime.bigint();
    const o = await runSchedule(parseSchedule(line));
    process.stdout.write(
      `${Number(process.hrtime.bigint() - s) / 1e6} ms ${printSchedule(o.schedule)} → ${o.ended} ${o.recovery} sends ${o.sends} ${JSON.stringify(o.struck)}\n   ${o.violations.join("\n   ")}\n   ${o.passed.join(" > ")}\n`,
    );
  }
});
