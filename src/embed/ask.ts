import { ANSWER_MEDIA_TYPE, CLIENT_HEADER, PROBLEM_MEDIA_TYPE, routes } from "../contract/routes.ts";
import type { Asked } from "./asked.ts";

/*
 * What `alone/ask.js` is: a script of its own that asks who is there while the page's other code is still on its way. The first wizard of the page
 * takes the answer for its own. It is a classic script, which alone knows its own element.
 */

const base = document.currentScript?.dataset["baseUrl"] ?? "/api/mfa";
const url = base.replace(/\/$/, "") + routes.session.path;
const asked: Asked = {
  url,
  at: Date.now(),
  answer: fetch(url, {
    headers: { [CLIENT_HEADER]: "1", accept: `${ANSWER_MEDIA_TYPE}, ${PROBLEM_MEDIA_TYPE}` },
    credentials: "same-origin",
    cache: "no-store",
  }),
};
// Whoever takes it hears of a failure; until then it is nobody's.
asked.answer.catch(() => {});
globalThis.mfaAsked = asked;
