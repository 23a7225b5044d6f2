import { hear, urlOf } from "../client/enrollment-client.ts";
import { ANSWER_MEDIA_TYPE, CLIENT_HEADER, PROBLEM_MEDIA_TYPE, SESSION } from "../contract/routes.ts";
import type { Asked } from "./asked.ts";

/*
 * What `alone/ask.js` is: a script of its own that asks who is there while the page's other code is still on its way. The first wizard of the page
 * takes the answer for its own. It is a classic script, which alone knows its own element.
 */

const url = urlOf(document.currentScript?.dataset["baseUrl"] ?? "/api/mfa", SESSION.path);
const answer = fetch(url, {
  method: SESSION.method,
  headers: { [CLIENT_HEADER]: "1", accept: `${ANSWER_MEDIA_TYPE}, ${PROBLEM_MEDIA_TYPE}` },
  credentials: "same-origin",
  cache: "no-store",
});
const asked: Asked = { url, at: Date.now(), answer, view: undefined };
globalThis.mfaAsked = asked;
// A copy, because whoever is there too soon for the view reads the answer itself.
void hear<"session">(async () => (await answer).clone()).then((heard) => {
  if (heard.kind === "answered") asked.view = heard.answer;
});
