import { enrollOn, expect, test } from "./package-fixtures.ts";

/*
 * The element in an app that is no React app and that goes through a bundler of its own.
 */

test("the element enrolls in a Vue app that Vite has built from the archive, and fetches nothing that is not there", async ({
  page,
  hostOn,
}) => {
  const missing: string[] = [];
  page.on("response", (answer) => {
    if (answer.request().method() === "GET" && answer.status() === 404) missing.push(answer.url());
  });
  expect(await enrollOn(page, await hostOn("express"), "/vue/index.html")).toEqual([
    ["mfa-enrolled", { channel: "sms", replaced: false }],
    ["mfa-close"],
  ]);
  await expect(page.getByText("Added: sms")).toBeVisible();
  // Browsers ask for an icon by themselves.
  expect(missing.filter((url) => !url.endsWith("/favicon.ico"))).toEqual([]);
});
