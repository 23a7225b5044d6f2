// @vitest-environment jsdom
import { expect, it } from "vitest";
import "../journeys/preload.ts";
import { brokenOf } from "./campaign.ts";
import { ERRANDS } from "./cells.ts";
import { singleFaults } from "./draw-schedule.ts";
import { runSchedule } from "./run-schedule.ts";
import { parseSchedule, printSchedule } from "./schedule.ts";

const all = singleFaults();

for (const errand of ERRANDS) {
  const own = all.filter((schedule) => schedule.errand === errand);
  if (own.length === 0) continue;
  const { who, way, goal, repair } = errand;
  const where = repair ? "" : " where no recovery code can be replaced";
  it(`${who}, who came by ${way} and wants to ${goal}${where}, is told the truth whatever one thing goes wrong`, async () => {
    const broken: string[] = [];
    for (const schedule of own) {
      const found = brokenOf(await runSchedule(schedule));
      if (found.length > 0) broken.push(`${found.join("; ")} --replay '${printSchedule(schedule)}'`);
    }
    expect(broken).toEqual([]);
  });
}

it("a tenant’s call is struck in each phase that it has", () => {
  const tenant = all.flatMap(({ faults }) => faults).filter((fault) => fault.on === "tenant");
  for (const route of ["POST /mfa/associate", "POST /oauth/token mfa-oob", "POST /mfa/challenge"]) {
    expect(new Set(tenant.filter((fault) => fault.route === route).map(({ phase }) => phase)).size, route).toBe(3);
  }
});

it("a line that a campaign prints is the schedule that it ran", () => {
  for (const schedule of all) expect(parseSchedule(printSchedule(schedule))).toEqual(schedule);
});
