import { setTimeout as pause } from "node:timers/promises";
import { installProbe } from "./probe.mjs";
import { measureTyping } from "./typing.mjs";

/*
 * What somebody does who comes to a page for the first time: looks at it, or presses what there is at once and goes all
 * the way.
 */

const NET = { offline: false, latency: 150, downloadThroughput: 1.6e6 / 8, uploadThroughput: 750e3 / 8 };
const SLOWDOWN = 4;
/** Far longer than the slowest of them takes. */
const AT_MOST_MS = 30_000;
/** What is fetched and taken over after the first key is done by then. */
const SETTLED_MS = 1_500;
const KINDS = { Script: "script", Stylesheet: "style", Document: "document" };

const button = (text) => ({ selector: "button", text });
const ADD = button("Add a method");
const CHANNEL = [{ selector: "input[type=radio]", text: "Text message" }, button("Continue")];
const PHONE = { selector: "input[type=tel]" };
const CODE = { selector: "input[autocomplete=one-time-code]" };
const SAVED = { selector: "input[type=checkbox]", text: "I have saved it" };
const DONE = button("Done");
const ALL_SET = { selector: "h2", text: "You’re all set" };
/** What the floors show after a press. */
const FLOORS_NEXT = { selector: "h2", text: "How should we send codes?" };

const TO_CHANNEL = { name: "channel", press: [ADD], next: CHANNEL };
const TO_PHONE = { name: "phone", press: CHANNEL, next: [PHONE] };

/** The last two digits of the number that the next visitor has: the service texts one number three times at most. */
let visitors = 0;

/** Signs somebody new in, in a browser that knows nothing yet. */
async function signedIn(browser, servers, site) {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: "en-US" });
  const answer = await context.request.post(`${site}/api/mfa/sign-in`, {
    headers: { Origin: site, "X-MFA-Enroll": "1" },
    data: { way: "password", ...(await servers.addPerson()) },
  });
  if (!answer.ok()) throw new Error(`Nobody could sign in: ${answer.status()} ${await answer.text()}`);
  return context;
}

/** Opens a page as somebody new whose probe presses `steps` at once. */
async function open(browser, servers, { site, path }, first, steps) {
  const context = await signedIn(browser, servers, site);
  const page = await context.newPage();
  await page.addInitScript(installProbe, { first, steps, atMostMs: AT_MOST_MS });
  const cdp = await context.newCDPSession(page);
  const fetched = await watchNetwork(cdp);
  await cdp.send("Performance.enable");
  await cdp.send("Network.emulateNetworkConditions", NET);
  await cdp.send("Emulation.setCPUThrottlingRate", { rate: SLOWDOWN });
  await page.goto(`${site}${path}`, { waitUntil: "commit", timeout: AT_MOST_MS });
  const visited = await page.evaluate(() => window.probe.visited);
  return { context, page, cdp, visited, fetched };
}

/**
 * Notes what comes over the net, without headers; returns the bytes of each kind up to so many ms after the visit
 * began.
 */
async function watchNetwork(cdp) {
  const answers = new Map();
  const finished = [];
  let beganAt = null;
  cdp.on("Network.requestWillBeSent", ({ timestamp }) => (beganAt ??= timestamp));
  cdp.on("Network.responseReceived", ({ requestId, type, response }) =>
    answers.set(requestId, { kind: KINDS[type] ?? "other", headers: response.encodedDataLength }),
  );
  cdp.on("Network.loadingFinished", ({ requestId, encodedDataLength, timestamp }) => {
    const answer = answers.get(requestId);
    if (!answer) return;
    const bytes = Math.max(0, encodedDataLength - answer.headers);
    finished.push({ kind: answer.kind, bytes, at: (timestamp - beganAt) * 1000 });
  });
  await cdp.send("Network.enable");
  return (untilMs = Number.POSITIVE_INFINITY) => {
    const sum = { script: 0, style: 0, document: 0, other: 0 };
    for (const { kind, bytes, at } of finished) if (at <= untilMs) sum[kind] += bytes;
    return sum;
  };
}

/** Presses or enters something in the page; resolves to the ms until what comes next can be used. */
async function step(page, one) {
  const { took } = await page.evaluate((given) => window.probe.step(given), one);
  return took;
}

/**
 * Looks until the first control can be used, then presses it: a press that nothing comes of is a failure. Resolves to
 * ms and bytes.
 */
export async function look(browser, servers, subject) {
  const { context, page, cdp, visited, fetched } = await open(browser, servers, subject, [ADD], []);
  const { metrics } = await cdp.send("Performance.getMetrics");
  const painted = await page.evaluate(() => window.probe.paint());
  const bytes = fetched(visited.usableAt);
  await step(page, { press: [ADD], next: subject.isFloor ? [FLOORS_NEXT] : CHANNEL });
  await context.close();
  const scripting = (metrics.find(({ name }) => name === "ScriptDuration")?.value ?? 0) * 1000;
  return { usable: visited.usableAt, ...painted, scripting, ...bytes };
}

/**
 * Presses whatever can be pressed until the phone field takes a key. Then types in it, enters a number and goes all the
 * way; resolves to ms, bytes of the whole, and for each screen the ms until it could be used.
 */
export async function enroll(browser, servers, subject) {
  const opened = await open(browser, servers, subject, [ADD], [TO_CHANNEL, TO_PHONE]);
  const { context, page, cdp, visited, fetched } = opened;
  const phone = page.locator(PHONE.selector);
  await keepsKey(phone);
  const keyMs = await measureTyping(page, cdp, phone);
  const number = `+12025550${100 + (visitors++ % 100)}`;
  await phone.focus();
  await page.keyboard.press("Control+a");
  await page.keyboard.type(number);
  const after = await servers.lastMessage();
  const code = await step(page, { press: [button("Text me a code")], next: [CODE] });
  const text = await servers.readCode(number, after);
  const recovery = await step(page, { press: [CODE], text, next: [SAVED, DONE] });
  const done = await step(page, { press: [SAVED, DONE], next: [ALL_SET, DONE] });
  const panel = await step(page, { press: [DONE], next: [ADD] });
  const bytes = fetched();
  await context.close();
  const screens = { channel: visited.screens.channel.took, phone: visited.screens.phone.took };
  return {
    phoneAt: visited.screens.phone.usableAt,
    keyMs,
    bytes,
    screens: { ...screens, code, recovery, done, panel },
  };
}

/** Comes to a page that begins with the choice of a channel; resolves to the ms until the phone field takes a key. */
export async function chooseAtOnce(browser, servers, subject) {
  const { context, page, visited } = await open(browser, servers, subject, CHANNEL, [TO_PHONE]);
  await keepsKey(page.locator(PHONE.selector));
  await context.close();
  return visited.screens.phone.usableAt;
}

/** Tells whether a page that somebody signed in is sent begins with the choice of a channel. */
export async function beginsWithChannels(browser, servers, { site, path }) {
  const context = await signedIn(browser, servers, site);
  const answer = await context.request.get(`${site}${path}`);
  const html = await answer.text();
  await context.close();
  return answer.status() === 200 && /type="?radio/.test(html) && html.includes(CHANNEL[0].text);
}

/** Fails when the key that the field took is not in it any more once the page has settled. */
async function keepsKey(field) {
  await pause(SETTLED_MS);
  if (!(await field.inputValue()).includes("2")) throw new Error("The phone field has lost the key that it took.");
}
