/** Describes a session that the page has asked for before the wizard was there: where, when (epoch ms), and its answer. */
export type Asked = { readonly url: string; readonly at: number; readonly answer: Promise<Response> };

declare global {
  /** Set by `ask.js`, taken once. */
  var mfaAsked: Asked | undefined;
}

/** Ten seconds, as long as a session that a server has written into the page counts. */
const FRESH_MS = 10_000;

/** Asks the service, or takes what the page has just asked it. */
export async function fetchOrTake(url: string, init: RequestInit): Promise<Response> {
  const asked = globalThis.mfaAsked;
  if (asked?.url !== url) return fetch(url, init);
  globalThis.mfaAsked = undefined;
  return Date.now() - asked.at < FRESH_MS ? asked.answer : fetch(url, init);
}
