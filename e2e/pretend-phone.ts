import type { Page } from "playwright/test";
import type { TestChannel } from "../src/testing/enrollment-page.ts";
import type { Hand } from "../src/testing/hand.ts";

/** The demo's phone and mailbox, used as the person beside the page would: looked at, answered, hung up. */
export interface PretendPhone {
  /** Reads the code of the next message that was not read yet. */
  read(channel: TestChannel): Promise<string>;
}

/** Finds the phone beside the page; on a narrow screen it is in a drawer, which is opened and closed again. */
export function createPretendPhone(page: Page, hand: Hand, inDrawer: boolean): PretendPhone {
  const dock = page.getByRole("complementary", { name: "Demo" });
  let texts = 0;

  async function codeOf(channel: TestChannel): Promise<string> {
    if (channel === "voice") {
      await hand.press(dock.getByRole("button", { name: "Answer", exact: true }));
      const digits = await dock.getByText(/^The digits are/).innerText();
      await hand.press(dock.getByRole("button", { name: "Hang up" }));
      return digits.replace(/\D/g, "");
    }
    const copies = dock.getByRole("button", { name: /^Copy code/ });
    // Texts stand in the order in which they came; of the mails the newest is open.
    const copy = channel === "sms" ? copies.nth(texts) : copies.first();
    if (channel === "sms") texts += 1;
    return (await copy.getAttribute("aria-label"))?.replace(/\D/g, "") ?? "";
  }

  return {
    async read(channel) {
      if (inDrawer) await hand.press(dock.getByRole("button", { name: /^Phone\s*1\s*new$/ }));
      const code = await codeOf(channel);
      if (inDrawer) await hand.press(dock.getByRole("button", { name: "Close", exact: true }));
      return code;
    },
  };
}
