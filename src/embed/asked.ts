import { useEffect, useState, useSyncExternalStore } from "react";
import type { SessionView } from "../contract/session-view.ts";

/** Describes a session that the page has asked for before the wizard was there: where, when (epoch ms), and what came of it. */
export type Asked = {
  readonly url: string;
  readonly at: number;
  readonly answer: Promise<Response>;
  /** The session, as soon as it has come. */
  view: SessionView | undefined;
};

declare global {
  /** Set by `ask.js`, taken once. */
  var mfaAsked: Asked | undefined;
}

/** Ten seconds, as long as a session that a server has written into the page counts. A page may have slept since it asked. */
const FRESH_MS = 10_000;

function askedOf(url: string): Asked | undefined {
  const asked = globalThis.mfaAsked;
  return asked?.url === url && Date.now() - asked.at < FRESH_MS ? asked : undefined;
}

/** Asks the service, or takes what the page has just asked it. */
export async function fetchOrTake(url: string, init: RequestInit): Promise<Response> {
  const asked = askedOf(url);
  if (!asked) return fetch(url, init);
  globalThis.mfaAsked = undefined;
  return asked.answer;
}

/**
 * Returns the session that the component begins with: the one that it was given, or what the page has asked of this service, where that came before
 * the first render. While the HTML of a server is taken over, which knew nothing of it, there is none. Without a `url` nothing is taken.
 */
export function useFirstView(url: string | null, given: SessionView | undefined): SessionView | undefined {
  const isTakenOver = useSyncExternalStore(
    () => () => {},
    () => false,
    () => true,
  );
  const [asked] = useState(isTakenOver || url === null ? undefined : askedOf(url)?.view);
  const view = given ?? asked;
  useEffect(() => {
    // Whoever asks later asks anew: by then it may have changed.
    if (view && url !== null && askedOf(url)) globalThis.mfaAsked = undefined;
  }, [view, url]);
  return view;
}
