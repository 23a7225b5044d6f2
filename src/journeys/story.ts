import { within } from "@testing-library/dom";
import { userEvent } from "@testing-library/user-event";
import { vi } from "vitest";
import { openPage, type Page, type PageOptions } from "./page.tsx";
import { type Browser, createStack, type Stack, type StackOptions, START } from "./stack.ts";
import { createVirtualTime, type VirtualTime } from "./virtual-time.ts";
import { createVirtualUpstream } from "./virtual-upstream.ts";
import "./preload.ts";

/*
 * What stories are told with: a person, a page, a phone, and a time that moves when the story says so. Everything is found
 * by role and accessible name, in English.
 */

/** A page as a person uses it. Each step ends when everything that follows from it at once has happened. */
export type Screen = Page & {
  readonly press: (button: string | RegExp) => Promise<void>;
  readonly pressTwice: (button: string | RegExp) => Promise<void>;
  readonly choose: (radio: string | RegExp) => Promise<void>;
  readonly tick: (box: string | RegExp) => Promise<void>;
  /** Types into a field, in the place of what stands there. */
  readonly type: (field: string | RegExp, text: string) => Promise<void>;
  /** What stands in a field. */
  readonly typed: (field: string | RegExp) => string;
  /** Throws unless the screen with this heading is shown. */
  readonly see: (heading: string | RegExp) => void;
  readonly says: (text: string | RegExp) => boolean;
  readonly offers: (button: string | RegExp) => boolean;
  /** The panel's methods, one text each. */
  readonly methods: () => string[];
  /** The recovery code that is shown, without its gaps. */
  readonly recoveryCode: () => string;
  /** The steps that most stories begin with. */
  readonly signInHere: (username: string, password?: string) => Promise<void>;
  readonly signInByRedirect: (username: string) => Promise<void>;
  readonly askForCode: (channel: keyof typeof ASK, contact: string) => Promise<void>;
  readonly saveRecoveryCode: () => Promise<string>;
};

/** One story's world. */
export type Story = {
  readonly stack: Stack;
  readonly time: VirtualTime;
  /** Opens the page, in a browser of its own unless one is named. */
  readonly open: (options?: Omit<PageOptions, "time"> & { browser?: Browser }) => Promise<Screen>;
  /** The newest code on the person's phone or in their mailbox. */
  readonly newestCode: () => string;
  /** How many messages the tenant has sent. */
  readonly sends: () => number;
  /** Closes the pages and gives the real time back. */
  readonly end: () => void;
};

const ASK = {
  sms: { channel: "Text message", field: "Phone number", submit: "Text me a code" },
  voice: { channel: "Voice call", field: "Phone number", submit: "Call me with a code" },
  email: { channel: "Email", field: "Email address", submit: "Email me a code" },
} as const;

// The first story of a file also makes the tenant's keys and warms everything up, on a machine that may be busy.
vi.setConfig({ testTimeout: 30_000 });

/** Sets the scene: a tenant, a BFF, nobody signed in. */
export function createStory(options: Omit<StackOptions, "clock" | "upstream"> = {}): Story {
  const time = createVirtualTime(START);
  const giveBack = time.install();
  const stack = createStack({ ...options, clock: time, upstream: createVirtualUpstream });
  const pages: Page[] = [];
  return {
    stack,
    time,
    async open({ browser = stack.browser(), ...how } = {}) {
      const page = await openPage(browser, { time, ...how });
      pages.push(page);
      return screenOf(page, time);
    },
    newestCode: () => stack.code(),
    sends: () => stack.simulator.ledger.list("send").length,
    end() {
      for (const page of pages) page.close();
      giveBack();
    },
  };
}

function screenOf(page: Page, time: VirtualTime): Screen {
  const user = userEvent.setup({ delay: null });
  const on = () => within(page.container);
  const button = (name: string | RegExp) => on().getByRole("button", { name });
  const done = async (work: Promise<void>) => {
    await work;
    await time.settle();
  };
  const screen: Screen = {
    // The container is another one after each load.
    get container() {
      return page.container;
    },
    browser: page.browser,
    leavingFor: page.leavingFor,
    follow: page.follow,
    reload: page.reload,
    close: page.close,
    press: (name) => done(user.click(button(name))),
    pressTwice: (name) => done(user.dblClick(button(name))),
    choose: (name) => done(user.click(on().getByRole("radio", { name }))),
    tick: (name) => done(user.click(on().getByRole("checkbox", { name }))),
    async type(field, text) {
      const input = on().getByLabelText(field);
      await user.clear(input);
      await done(user.type(input, text));
    },
    typed: (field) => on().getByLabelText<HTMLInputElement>(field).value,
    see: (heading) => {
      on().getByRole("heading", { name: heading });
    },
    says: (text) => on().queryAllByText(text, { ignore: ".mfa-spoken *" }).length > 0,
    offers: (name) => on().queryAllByRole("button", { name }).length > 0,
    methods: () =>
      within(on().getByRole("list", { name: "Your methods" }))
        .getAllByRole("listitem")
        .map((item) => item.textContent),
    recoveryCode: () => on().getByRole("group", { name: "Recovery code" }).textContent.replaceAll(/\s/g, ""),
    async signInHere(username, password = "Enroll-Demo-1") {
      await screen.type("Email or username", username);
      await screen.type("Password", password);
      await screen.press("Sign in");
    },
    async signInByRedirect(username) {
      const instead = "Use the sign-in page instead";
      await screen.press(screen.offers(instead) ? instead : "Sign in");
      await page.follow({ username });
    },
    async askForCode(channel, contact) {
      if (screen.offers("Add a method")) await screen.press("Add a method");
      await screen.choose(ASK[channel].channel);
      await screen.press("Continue");
      await screen.type(ASK[channel].field, contact);
      await screen.press(ASK[channel].submit);
    },
    async saveRecoveryCode() {
      const code = screen.recoveryCode();
      await screen.tick("I have saved it");
      await screen.press("Done");
      return code;
    },
  };
  return screen;
}
