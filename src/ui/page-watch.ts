/*
 * Watches the page for what may have made it untrue: another tab did something, the page was out of sight, without a
 * connection, or put away whole (bfcache). It only ever leads to a reading. It must never know what the news is.
 */

/** Describes whom a watch serves. */
export type PageWatchParts = {
  /** Names the service among others of this origin: only tabs that share it have news for each other. */
  readonly service: string;
  /** Called when something may have changed. */
  readonly look: () => void;
  /** Called when the page is left, perhaps to be shown again exactly as it is now. */
  readonly left: () => void;
  /** Called when a page that was left is shown again. */
  readonly cameBack: () => void;
};

/** Describes a watch. */
export type PageWatch = {
  /** Begins to watch and returns what ends it. */
  readonly start: () => () => void;
  /** Tells the other tabs that something has changed, and nothing else. */
  readonly tell: () => void;
};

/** Builds the watch of one root. */
export function createPageWatch({ service, look, left, cameBack }: PageWatchParts): PageWatch {
  let tabs: BroadcastChannel | null = null;
  const join = () => {
    tabs = openTabs(service);
    tabs?.addEventListener("message", look);
  };
  const leave = () => {
    tabs?.close();
    tabs = null;
  };
  return {
    start: () => {
      const watching = new AbortController();
      const { signal } = watching;
      join();
      window.addEventListener(
        "pagehide",
        () => {
          // An open channel can keep a browser from putting the page away whole.
          leave();
          left();
        },
        { signal },
      );
      window.addEventListener(
        "pageshow",
        ({ persisted }) => {
          if (!persisted) return;
          join();
          cameBack();
        },
        { signal },
      );
      window.addEventListener("online", look, { signal });
      document.addEventListener(
        "visibilitychange",
        () => {
          if (document.visibilityState === "visible") look();
        },
        { signal },
      );
      return () => {
        watching.abort();
        leave();
      };
    },
    // The message is the same for everybody: what happened is the service's to say, to whoever may hear it.
    tell: () => tabs?.postMessage("changed"),
  };
}

/** Null where the browser has no such thing or forbids it; the tabs then agree when they are looked at. */
function openTabs(service: string): BroadcastChannel | null {
  try {
    return new BroadcastChannel(`mfa-enroll ${service}`);
  } catch {
    return null;
  }
}
