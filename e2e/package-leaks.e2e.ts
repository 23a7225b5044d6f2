import { expect, test, toTheCode } from "./package-fixtures.ts";

/* What elements leave behind, which Chromium alone counts. */

test("200 elements that have come and gone leave nothing behind", async ({ page, hostOn }) => {
  test.setTimeout(60_000);
  await page.clock.install();
  await toTheCode(page, await hostOn("express"), "/mounts.html");
  await page.evaluate(() => document.querySelector("mfa-settings")?.remove());
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("Performance.enable");
  await devtools.send("HeapProfiler.enable");
  const held = async () => {
    // What was read is kept for a second.
    await page.clock.fastForward(2_000);
    await devtools.send("HeapProfiler.collectGarbage");
    const { metrics } = await devtools.send("Performance.getMetrics");
    const of = (name: string) => metrics.find((metric) => metric.name === name)?.value ?? Number.NaN;
    return {
      nodes: of("Nodes"),
      listeners: of("JSEventListeners"),
      documents: of("Documents"),
    };
  };
  /** Looks again, two seconds of the page later each time, until nothing goes any more. */
  const atRest = async () => {
    let last = await held();
    for (let looks = 0; looks < 20; looks += 1) {
      const next = await held();
      if (next.nodes === last.nodes && next.listeners === last.listeners) return next;
      last = next;
    }
    return last;
  };
  // Chunks, caches and compiled code are there after some.
  await page.evaluate("mountTimes(20)");
  const before = await atRest();
  await page.evaluate("mountTimes(200)");
  const after = await atRest();
  // Half of one for each element: a single node or listener that each of them left behind would be 200.
  expect(after.nodes - before.nodes).toBeLessThan(100);
  expect(after.listeners - before.listeners).toBeLessThan(100);
  expect(after.documents).toBe(before.documents);
  expect(
    await page.evaluate(() => document.adoptedStyleSheets.length),
    "the two sheets of the look, and what themes mean",
  ).toBe(3);
});
