import "./natives.ts";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { MfaSettings, type MfaOptions } from "../embed/react.tsx";
import { type Browser, PAGE } from "./stack.ts";
import type { VirtualTime } from "./virtual-time.ts";

/*
 * The settings page in a browser of the stack: the screen that ships, over the client that ships, with nothing between them
 * and the BFF but a cookie jar. It knows no test runner, so that whoever drives it decides how to look and to press.
 */

/** Passes a request of the page on, or does not; what it throws is what the page's `fetch` throws. */
export type Wire = (request: Request, send: (request: Request) => Promise<Response>) => Promise<Response>;

/** Says how a page is opened. */
export type PageOptions = {
  readonly time: VirtualTime;
  /** What lies between the page and the BFF; nothing by default. */
  readonly wire?: Wire;
  /** How far the device's clock is ahead of the server's, in ms. */
  readonly clockAhead?: () => number;
  /** Renders as React does for developers, every effect twice. */
  readonly strict?: boolean;
  /** Renders the page's component with these; the settings panel without any by default. */
  readonly settings?: MfaOptions;
};

/** A page that is open in a browser. */
export type Page = {
  readonly container: HTMLElement;
  readonly browser: Browser;
  /** Where the page has asked to be taken; null while it stays. */
  readonly leavingFor: () => string | null;
  /** Goes through the tenant's pages to where the page has asked for, and loads the page that the way back lands on. */
  readonly follow: (person: { username: string; enroll?: string }) => Promise<void>;
  /** Loads the page anew, as the browser's reload does: nothing that it knew is left. */
  readonly reload: () => Promise<void>;
  readonly close: () => void;
};

/** Opens the settings page in a browser and lets it load. */
export async function openPage(browser: Browser, options: PageOptions): Promise<Page> {
  const { time, wire = (request, send) => send(request), clockAhead = () => 0 } = options;
  let leavingFor: string | null = null;
  let opened = show();

  function show() {
    const container = document.body.appendChild(document.createElement("main"));
    const root = createRoot(container);
    let isOpen = true;
    // Leaving a page ends its requests, though not what they have begun.
    const waiting = new Set<(reason: Error) => void>();
    const whileOpen = (answer: Promise<Response>) =>
      new Promise<Response>((resolve, reject) => {
        if (!isOpen) reject(new TypeError("The page is gone."));
        waiting.add(reject);
        answer.then(resolve, reject).finally(() => waiting.delete(reject));
      });
    const settings: MfaOptions = {
      defaultRegion: "US",
      returnTo: "/",
      now: () => time.now() + clockAhead(),
      navigate: (location) => {
        if (isOpen) leavingFor = location;
      },
      fetch: (url, init) => whileOpen(fetchAsPage(url, init, (request) => wire(request, browser.fetch))),
      ...options.settings,
    };
    const panel = <MfaSettings {...settings} />;
    root.render(options.strict === true ? <StrictMode>{panel}</StrictMode> : panel);
    return {
      container,
      close() {
        isOpen = false;
        root.unmount();
        for (const reject of waiting) reject(new TypeError("The page is gone."));
        container.remove();
      },
    };
  }

  async function load() {
    opened.close();
    leavingFor = null;
    opened = show();
    await time.settle();
  }

  await time.settle();
  return {
    get container() {
      return opened.container;
    },
    browser,
    leavingFor: () => leavingFor,
    async follow(person) {
      const location = leavingFor;
      if (location === null) throw new Error(`The page stays: ${opened.container.textContent}`);
      opened.close();
      await browser.followSignIn(location, person);
      await load();
    },
    reload: load,
    close: () => opened.close(),
  };
}

/** Sends what a browser would for a page of this origin. A page that gives up no longer hears the answer. */
async function fetchAsPage(
  url: string,
  init: RequestInit,
  send: (request: Request) => Promise<Response>,
): Promise<Response> {
  const { signal, method = "GET", body } = init;
  const headers = new Headers(init.headers);
  headers.set("sec-fetch-site", "same-origin");
  if (method !== "GET") headers.set("origin", PAGE);
  const answer = send(new Request(new URL(url, PAGE), { method, headers, ...(body == null ? {} : { body }) }));
  return signal ? unlessAborted(signal, answer) : answer;
}

function unlessAborted(signal: AbortSignal, answer: Promise<Response>): Promise<Response> {
  const gaveUp = new Promise<never>((_, reject) => {
    const stop = () => reject(new DOMException("The page gave up.", "AbortError"));
    if (signal.aborted) stop();
    signal.addEventListener("abort", stop, { once: true });
  });
  answer.catch(() => null);
  return Promise.race([answer, gaveUp]);
}
