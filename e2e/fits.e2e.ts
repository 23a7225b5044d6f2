import { TRANSLATED_LOCALES } from "../src/ui/messages/translation.ts";
import { buildSamplePage } from "./every-screen/build.ts";
import { catalogueOf } from "./every-screen/catalogue-of.ts";
import { SAMPLES } from "./every-screen/samples.ts";
import { misfits, openSamples, showSample } from "./every-screen/showing.ts";
import { expect, test } from "./fixtures.ts";

/* Every screen in every language has room on the smallest phone, whatever the length of its words. */

/** A hundred screens, a tenth of a second each, on a machine that is busy with something else. */
test.setTimeout(120_000);

for (const locale of TRANSLATED_LOCALES) {
  test(`every screen fits on a phone of 320 pixels in ${locale}`, async ({ page }) => {
    await page.setViewportSize({ width: 320, height: 700 });
    await page.emulateMedia({ reducedMotion: "reduce" });
    await openSamples(page, await buildSamplePage(), `?locale=${locale}`);
    const catalogue = await catalogueOf(locale);
    const found: string[] = [];
    for (const name of SAMPLES.keys()) {
      await showSample(page, name, catalogue);
      for (const line of await misfits(page)) found.push(`${name}: ${line}`);
    }
    await expect(page.locator(".mfa-enroll")).toHaveAttribute("lang", locale);
    expect(found).toEqual([]);
  });
}
