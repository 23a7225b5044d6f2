import { Virtual } from "@guidepup/virtual-screen-reader";
import type { Screen, Story } from "./story.ts";

/*
 * A page as somebody hears it who does not see it: what a screen reader speaks after each thing that the person does, in
 * order, and whether each change was spoken once. Time stands still meanwhile, so that the same story sounds the same.
 */

/** Writes down what is heard on one page, action by action. */
export type Hearing = {
  /** Does something, listens for a second, and writes down both. `act` may be nothing but the wait itself. */
  readonly does: (action: string, act: () => Promise<void>, options?: Expectation) => Promise<void>;
  readonly press: (button: string | RegExp, options?: Expectation) => Promise<void>;
  readonly choose: (radio: string) => Promise<void>;
  readonly type: (field: string, text: string, options?: Expectation & { readonly as?: string }) => Promise<void>;
  readonly wait: (seconds: number, options?: Expectation) => Promise<void>;
  /** Writes down something beside what is heard. */
  readonly note: (fact: string) => void;
  /** Walks through the whole page with the reader's own cursor and writes down what is found on the way. */
  readonly readOn: () => Promise<void>;
  /** Returns what was written down. */
  readonly transcript: () => string;
  /** What was spoken twice, not at all, or without being on the screen. */
  readonly faults: () => readonly string[];
  readonly stop: () => Promise<void>;
};

/** Says what a change is that looks the same before and after, such as the same refusal once more. */
export type Expectation = {
  /** Sentences that this action must be answered with, though they may have been on the screen before. */
  readonly again?: readonly string[];
  /** Sentences that the person only meets where they belong to, going on through the page. */
  readonly met?: readonly string[];
  /** True where the page is loaded anew: it takes no focus then, and a reader begins by itself at its top. */
  readonly loads?: boolean;
};

/** One second: more than the live region takes from a change to its sentence. */
const LISTENING_MS = 1_000;

/** Eight seconds: by then the live region is empty again. */
const LIVE_IS_OVER_MS = 8_000;

/** What is spoken though it is shown nowhere: it tells of a change that the eye sees by itself. */
const ONLY_SPOKEN = [
  /^Sent\.$/,
  /^Calling\.$/,
  /was removed\.$/,
  /^Confirmed\. You can go on\.$/,
  /^\d+ countr/,
  /online\.$/,
];

/** Far more than a page of ours has. */
const MOST_ITEMS = 400;

/** What the walk meets and no reader speaks: paragraphs as such, and an empty live region. */
const SILENT = /^(end of )?(paragraph|status)$/;

const POLITE = "polite: ";

/** Opens ears for a page that is open already. */
export async function hear(story: Story, screen: Screen): Promise<Hearing> {
  const lines: string[] = [];
  const faults: string[] = [];
  const reader = new Virtual();
  // The simulated browser knows no pseudo-elements and complains of each question for one; we have none that speak.
  const { getComputedStyle } = window;
  window.getComputedStyle = (element) => getComputedStyle.call(window, element);
  // It looks ids up with this, which the simulated browser does not have either.
  const escape = (id: string) => id.replaceAll(/[^\w-]/g, (letter) => `\\${letter}`);
  Object.assign(globalThis, { CSS: { escape } });
  await reader.start({ container: document.body });
  await reader.clearSpokenPhraseLog();

  const does: Hearing["does"] = async (action, act, expected = {}) => {
    const before = lookAt(screen.container);
    const optionBefore = activeOption();
    await act();
    await story.time.advance(LISTENING_MS);
    const log = await reader.spokenPhraseLog();
    // A region that was emptied is no speech.
    const heard = log.filter((phrase) => phrase !== POLITE.trim() && phrase !== POLITE).map(plain);
    await reader.clearSpokenPhraseLog();
    const option = activeOption();
    // This reader follows the focus alone; others also speak the option that a field names as its active one.
    if (option !== null && option !== optionBefore) heard.push(`option, ${option}, selected`);
    lines.push("", action, ...heard.map((phrase) => `    ${phrase}`));
    faults.push(...faultsOf(heard, before, lookAt(screen.container), expected).map((fault) => `${action} ${fault}`));
  };

  return {
    does,
    press: (button, options) => does(`Presses “${nameOf(button)}”.`, () => screen.press(button), options),
    choose: (radio) => does(`Chooses “${radio}”.`, () => screen.choose(radio)),
    type: (field, text, { as = `“${text}”`, ...options } = {}) =>
      does(`Types ${as} into “${field}”.`, () => screen.type(field, text), options),
    wait: (seconds, options) =>
      does(`Waits ${seconds} seconds.`, () => story.time.advance(seconds * 1_000 - LISTENING_MS), options),
    note: (fact) => lines.push(`    (${fact})`),
    async readOn() {
      await story.time.advance(LIVE_IS_OVER_MS);
      lines.push(
        "",
        "Reads the page from top to bottom.",
        ...(await walk(screen.container)).map((item) => `    ${item}`),
      );
    },
    transcript: () => `${lines.join("\n").trim()}\n`,
    faults: () => faults,
    stop: async () => {
      await reader.stop();
      window.getComputedStyle = getComputedStyle;
      Reflect.deleteProperty(globalThis, "CSS");
    },
  };
}

/** What a page shows that somebody must hear of when it changes. */
type Look = { readonly headings: ReadonlySet<string>; readonly news: ReadonlySet<string>; readonly text: string };

function lookAt(page: HTMLElement): Look {
  const textsOf = (selector: string) =>
    [...page.querySelectorAll(selector)].map(({ textContent }) => plain(textContent));
  const shown = page.cloneNode(true);
  if (shown instanceof HTMLElement) for (const spoken of shown.querySelectorAll(".mfa-spoken")) spoken.remove();
  return {
    headings: new Set(textsOf("h2")),
    news: new Set(textsOf(".mfa-error, .mfa-notice > p, .mfa-hint strong")),
    text: plain(shown.textContent ?? ""),
  };
}

function faultsOf(
  heard: readonly string[],
  before: Look,
  after: Look,
  { again = [], met = [], loads = false }: Expectation,
): string[] {
  const live = heard.filter((phrase) => phrase.startsWith(POLITE)).map((phrase) => phrase.slice(POLITE.length));
  const timesOf = (sentence: string) => heard.filter((phrase) => phrase.includes(sentence)).length;
  const faults = [...new Set(live)].flatMap((sentence) => [
    ...(timesOf(sentence) > 1 ? [`“${sentence}” is spoken ${timesOf(sentence)} times.`] : []),
    ...(`${before.text} ${after.text}`.includes(sentence) || ONLY_SPOKEN.some((known) => known.test(sentence))
      ? []
      : [`“${sentence}” is spoken and shown nowhere.`]),
  ]);
  const headings = [...after.headings].filter((sentence) => !before.headings.has(sentence));
  // What stands on a new screen from the start is read after its heading.
  const news = headings.length > 0 ? [] : [...after.news].filter((sentence) => !before.news.has(sentence));
  const changes = loads ? [] : [...headings, ...news].filter((sentence) => !met.includes(sentence));
  for (const sentence of new Set([...changes, ...again])) {
    if (timesOf(sentence) === 0) faults.push(`“${sentence}” is new and not spoken.`);
    else if (timesOf(sentence) > 1 && !live.includes(sentence)) faults.push(`“${sentence}” is spoken more than once.`);
  }
  return faults;
}

/** Returns the option that the field with the focus names as its active one. */
function activeOption(): string | null {
  const id = document.activeElement?.getAttribute("aria-activedescendant");
  const option = id == null ? null : document.getElementById(id);
  return option === null ? null : plain(option.textContent);
}

async function walk(page: HTMLElement): Promise<string[]> {
  const reader = new Virtual();
  await reader.start({ container: page });
  const items: string[] = [];
  for (let item = 0; item < MOST_ITEMS; item += 1) {
    await reader.next();
    const phrase = plain(await reader.lastSpokenPhrase());
    if (phrase === "end of main") break;
    items.push(phrase);
  }
  await reader.stop();
  return items.filter((phrase) => !SILENT.test(phrase));
}

/** Times of day hold a narrow space that no reader speaks and no eye tells from another one. */
function plain(text: string): string {
  return text
    .replaceAll(/[\u202f\u00a0]/g, " ")
    .replaceAll(/\s+/g, " ")
    .replace(/(?<=Reference for support: )\S+/, "[a reference]")
    .trim();
}

function nameOf(name: string | RegExp): string {
  return typeof name === "string" ? name : name.source.replaceAll(/[\^$\\]/g, "");
}
