import { useEffect, useState, useSyncExternalStore } from "react";
import type { SessionView } from "../contract/session-view.ts";

/** Describes a session that the page has asked for before the wizard was there: where, and what came of it. */
export type Asked = {
  readonly url: string;
  readonly answer: Promise<Response>;
  /** The session, as soon as it has come. */
  view: SessionView | undefined;
};

declare global {
  /** Set by `ask.js`, which drops it when it is old; taken once. */
  var mfaAsked: Asked | undefined;
}

function askedOf(url: string): Asked | undefined {
  return globalThis.mfaAsked?.url === url ? globalThis.mfaAsked : undefined;
}

/** Asks the service, or takes what the page has just asked it. */
export async function fetchOrTake(url: string, init: RequestInit): Promise<Response> {
  const asked = askedOf(url);
  if (!asked) return fetch(url, init);
  globalThis.mfaAsked = undefined;
  return asked.answer;
}

/**
 * Returns the session that the page has asked for, where it came before the first render. While the HTML of a server is taken over, which knew
 * nothing of it, there is none.
 */
export function useAskedView(url: string): SessionView | undefined {
  const isTakenOver = useSyncExternalStore(
    () => () => {},
    () => false,
    () => true,
  );
  const [view] = useState(isTakenOver ? undefined : askedOf(url)?.view);
  useEffect(() => {
    // Whoever comes later asks anew: by then it may have changed.
    if (view) globalThis.mfaAsked = undefined;
  }, [view]);
  return view;
}
