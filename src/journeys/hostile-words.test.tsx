// @vitest-environment jsdom
import { afterEach, expect, it } from "vitest";
import { createStory, type Story } from "./story.ts";

let story: Story;
afterEach(() => story.end());

/** What a browser would run or load if a word of the tenant's ever became markup or an address. */
const PAYLOAD = [
  "<script>window.ran = true</script>",
  '<img src="x" onerror="window.ran = true">',
  '"><svg onload="window.ran = true">',
  '<a href="javascript:window.ran = true">Text message</a>',
  "</style><style>* { display: none }</style>",
].join("");
const MARKUP = "script, img, style, svg[onload], [onerror], a[href^='javascript']";

it("a tenant whose people and phones are called by markup has it shown as words or not at all", async () => {
  const person = { subject: "auth0|alex", name: PAYLOAD, email: "alex@example.com", phone: "+12025550133" };
  story = createStory({ people: [{ ...person, pushDevice: PAYLOAD }], tenant: { brand: PAYLOAD } });
  const screen = await story.open();
  await screen.signInHere("alex@example.com");
  expect(screen.methods().length).toBeGreaterThan(1);
  expect(screen.container.querySelectorAll(MARKUP)).toHaveLength(0);
  expect("ran" in window).toBe(false);
});
