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
  let sent = 0;
  for (const { url } of posts) {
    await theirs.goto(world.sibling);
    await theirs.evaluate((action) => {
      const form = document.createElement("form");
      Object.assign(form, { action, method: "POST", enctype: "text/plain" });
      document.body.append(form);
      form.submit();
    }, url);
    sent += 1;
    await expect.poll(() => arrived().length, { message: url, intervals: [20] }).toBeGreaterThanOrEqual(sent);
    await theirs.reload().catch(() => null);
    sent += 1;
  }
  await theirs.goto(world.evil);
  // Chromium asks whoever goes back, and sends nothing by itself.
  await theirs.goBack().catch(() => null);
  expect(arrived().filter(({ method }) => method === "POST").length).toBeGreaterThanOrEqual(sent);
  expect(arrived().filter((passed) => !isRefusal(passed))).toEqual([]);
  await expectUntouched();
});
