import { expect, test } from "./fixtures.ts";

test("what a page does wrong fails its test: policy, errors, requests and answers", async ({
  page,
  demo,
  complaints,
}) => {
  await page.goto(demo.page);
  await page.route("**/broken", (route) => route.abort("connectionreset"));
  const wrongs: readonly (readonly [seen: RegExp, wrong: () => unknown])[] = [
    [/^console: violated: style-src-attr/, () => document.body.setAttribute("style", "color: red")],
    [
      /^console: violated: img-src/,
      () => document.body.append(Object.assign(new Image(), { src: "https://example.com/" })),
    ],
    [/^console: violated: require-trusted-types-for/, () => (document.body.innerHTML += "<b>more</b>")],
    [/^console: careless/, () => console.error("careless")],
    [/^error: careless/, () => void Promise.reject(new Error("careless"))],
    [/^failed: .*\/broken/, () => fetch("/broken").catch(() => undefined)],
    [/^404: .*\/nowhere/, () => fetch("/nowhere").catch(() => undefined)],
  ];
  for (const [seen, wrong] of wrongs) {
    await page.evaluate(wrong).catch(() => undefined);
    await expect.poll(() => complaints.some((complaint) => seen.test(complaint)), String(seen)).toBe(true);
  }
  complaints.length = 0;
});
