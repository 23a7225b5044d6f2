import { isRefusal, listenTo, watchVictim } from "./untouched.ts";
import { expect, test } from "./world.ts";

test("a form that their page has sent does nothing when it is sent again from the history", async ({
  page,
  theirs,
  worldFor,
}) => {
  const world = await worldFor();
  const { targets, expectUntouched } = await watchVictim(page, world);
  const arrived = listenTo(world);
  const posts = targets.filter(({ body }) => body !== null);
  for (const { url } of posts) {
    await theirs.goto(world.sibling);
    await theirs.evaluate((action) => {
      const form = document.createElement("form");
      Object.assign(form, { action, method: "POST", enctype: "text/plain" });
      document.body.append(form);
      form.submit();
    }, url);
    await theirs.waitForURL(url);
    await theirs.reload();
  }
  await theirs.goto(world.evil);
  // Chromium asks whoever goes back, and sends nothing by itself.
  await theirs.goBack().catch(() => null);
  expect(arrived().filter(({ method }) => method === "POST").length).toBeGreaterThanOrEqual(2 * posts.length);
  expect(arrived().filter((passed) => !isRefusal(passed))).toEqual([]);
  await expectUntouched();
});
