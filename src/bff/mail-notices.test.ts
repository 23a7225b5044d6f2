import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Mailbox, startMailbox } from "../simulator/mailbox.ts";
import { createMailNotices, mailOf } from "./mail-notices.ts";
import type { Notice } from "./notices.ts";

const NOTICE: Notice = {
  id: "0123456789abcdef-added",
  type: "added",
  channels: ["sms", "voice"],
  contact: "+1 •••• 47",
  at: Date.UTC(2026, 0, 15, 9, 5, 30),
  to: ["robin@example.com", "robin.home@example.net"],
  notYouUrl: "https://account.example.com/help",
};

describe("the mail of a notice", () => {
  test("says what was done, to what, when, and where to go if that was somebody else", () => {
    const { subject, text } = mailOf(NOTICE, "account.example.com");
    expect(subject).toBe("A sign-in method was added");
    expect(text).toContain("added to your account at account.example.com.");
    expect(text).toContain("Method: text message and voice call (+1 •••• 47)");
    expect(text).toContain("When: 2026-01-15, 09:05 UTC");
    expect(text.trimEnd().split("\n").at(-1)).toBe("https://account.example.com/help");
  });

  test("holds nothing that looks like a code, and no id that could be one", () => {
    for (const type of ["added", "removed"] as const) {
      const { subject, text } = mailOf({ ...NOTICE, type, contact: null }, "account.example.com");
      expect(subject + text).not.toMatch(/\d{5}/);
      expect(subject + text).not.toContain(NOTICE.id);
    }
  });
});

describe("over a mail server", () => {
  let mailbox: Mailbox;
  beforeAll(async () => {
    mailbox = await startMailbox();
  });
  afterAll(() => mailbox.close());

  test("it reaches every address that was known", async () => {
    const from = "Larkmoor Savings <security@larkmoor.example>";
    const mail = createMailNotices({ smtpUrl: mailbox.url, from, site: "account.example.com" });
    await mail.notify(NOTICE);
    mail.close();
    const [arrived] = mailbox.list();
    expect(arrived?.to).toBe("robin@example.com, robin.home@example.net");
    expect(arrived).toMatchObject({ from: "security@larkmoor.example", subject: "A sign-in method was added" });
    expect(arrived?.text).toContain("https://account.example.com/help");
  });

  test("that is not there, it is a failure, so that it is tried again", async () => {
    const gone = await startMailbox();
    const { url } = gone;
    await gone.close();
    const mail = createMailNotices({ smtpUrl: url, from: "security@example.com", site: "example.com" });
    await expect(mail.notify(NOTICE)).rejects.toThrow("ECONNREFUSED");
  });
});
