/** Describes what speaks for a root: one sentence after the other, each whole. */
export type Voice = {
  /** Speaks a sentence; one of the same topic that still waits is not spoken any more. An empty one ends all that waits. */
  readonly say: (text: string, topic?: string) => void;
  /** Names the live region that is spoken into; null when it goes. */
  readonly attach: (region: HTMLElement | null) => void;
};

/** A tenth of a second of silence: readers compare texts, so the same sentence is only heard again after none; and a focus that moves meanwhile is heard first. */
const PAUSE_MS = 100;
/** Half a second: readers fetch what changed a moment later, so a sentence stays at least that long before another takes its place. */
const FETCHED_MS = 500;
/** Seven seconds: by then it was heard, and somebody who walks through the page shall not find old news. */
const OLD_MS = 7_000;

/** Builds the voice of one root. It writes into the document itself, because two changes in one render would be one to a reader. */
export function createVoice(): Voice {
  let region: HTMLElement | null = null;
  let waiting: { readonly text: string; readonly topic: string | undefined }[] = [];
  let isSpeaking = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const empty = () => {
    clearTimeout(timer);
    isSpeaking = false;
    region?.replaceChildren();
  };
  const speak = () => {
    empty();
    isSpeaking = true;
    timer = setTimeout(() => {
      // Whole before it is there, so that it is one change.
      const line = region?.ownerDocument.createElement("span");
      if (line !== undefined) {
        line.textContent = waiting[0]?.text ?? "";
        region?.append(line);
      }
      waiting.shift();
      timer = setTimeout(() => {
        isSpeaking = false;
        if (waiting.length > 0) speak();
        else timer = setTimeout(empty, OLD_MS);
      }, FETCHED_MS);
    }, PAUSE_MS);
  };

  return {
    say: (text, topic) => {
      waiting = text === "" ? [] : waiting.filter((other) => topic === undefined || other.topic !== topic);
      if (text === "") return empty();
      waiting.push({ text, topic });
      if (!isSpeaking) speak();
    },
    attach: (element) => {
      region = element;
      if (element !== null) return;
      waiting = [];
      empty();
    },
  };
}
