import { expect, it } from "vitest";
import { announcement } from "./announcement.ts";

it("tells whoever starts the demo where to look, who can sign in, and how to leave it behind", () => {
  const words = announcement({
    page: "http://localhost:4300",
    tenant: "http://127.0.0.1:4310",
    people: [
      { email: "robin@example.com", about: "Nobody enrolled", password: "Enroll-Demo-1" },
      { email: "kim@example.com", about: "Has a phone", password: "Enroll-Demo-1" },
    ],
  });
  for (const needed of [
    "http://localhost:4300/\n",
    "http://localhost:4300/demo/phone",
    "http://localhost:4300/demo/mailbox",
    "http://localhost:4300/demo/outbox",
    "http://localhost:4300/scenarios",
    "http://127.0.0.1:4310",
    "Enroll-Demo-1",
    "kim@example.com     Has a phone",
    "npm run serve",
    "Ctrl-C",
  ]) {
    expect(words).toContain(needed);
  }
  expect(words.split("\n").length).toBeLessThan(20);
});
