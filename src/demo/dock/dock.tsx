import { useEffect, useRef, useState, useSyncExternalStore } from "react";
import type { ScenarioView } from "../demo-view.ts";
import type { OutboxMessage } from "../outbox-message.ts";
import { DemoGuide } from "./demo-guide.tsx";
import { Mailbox } from "./mailbox.tsx";
import type { OutboxStore } from "./outbox-store.ts";
import { PretendPhone } from "./pretend-phone.tsx";
import { ScenarioNote } from "./scenario-note.tsx";

type Tab = "phone" | "mailbox" | "guide";

const TABS: readonly { tab: Tab; label: string }[] = [
  { tab: "phone", label: "Phone" },
  { tab: "mailbox", label: "Mailbox" },
  { tab: "guide", label: "Demo" },
];

const tabOf = (message: OutboxMessage): Tab => (message.channel === "email" ? "mailbox" : "phone");

/** Describes what the dock stands on. `openedAt` is epoch ms of the demo's clock; older messages were seen before. */
export interface DockParts {
  outbox: OutboxStore;
  openedAt: number;
  scenario: ScenarioView | null;
  /** Whether the drawer of a narrow screen is open at first, so that what to do is read before the page is. */
  startsOpen: boolean;
}

/**
 * Shows the pretend phone, the mailbox and the demo's switches beside the page: a column on wide screens, a drawer with
 * an unread count on narrow ones. What arrives comes to the front by itself, and a scenario's note stands above it all.
 */
export function Dock({ outbox, openedAt, scenario, startsOpen }: DockParts) {
  const messages = useSyncExternalStore(outbox.subscribe, outbox.messages);
  const [chosen, setChosen] = useState<{ tab: Tab; after: string | null } | null>(null);
  const [isOpen, setOpen] = useState(startsOpen);
  const [seen, setSeen] = useState<string | null>(null);
  const drawer = useRef<HTMLDivElement>(null);
  const opener = useRef<HTMLButtonElement>(null);

  const fresh = messages.filter(({ at }) => at >= openedAt);
  const unread = fresh.slice(fresh.findIndex(({ id }) => id === seen) + 1);
  const last = messages.at(-1);
  const lastId = last?.id ?? null;
  // A choice holds until the next message, which then comes to the front.
  const tab = chosen && chosen.after === lastId ? chosen.tab : last ? tabOf(last) : "guide";

  useEffect(() => {
    if (isOpen) drawer.current?.focus();
  }, [isOpen]);

  const open = (): void => {
    setSeen(lastId);
    setOpen(true);
  };
  const close = (): void => {
    setSeen(lastId);
    setOpen(false);
    opener.current?.focus();
  };
  return (
    <aside className="demo-dock" aria-label="Demo">
      <div className="demo-bar">
        <p>{scenario === null ? "Demo" : scenario.title}</p>
        <button
          ref={opener}
          type="button"
          className="demo-opener"
          aria-expanded={isOpen}
          aria-controls="demo-drawer"
          onClick={isOpen ? close : open}
        >
          {isOpen ? "Close" : "Phone"}
          {unread.length > 0 && !isOpen ? (
            <span className="demo-unread">
              {unread.length}
              <span className="demo-hidden"> new</span>
            </span>
          ) : null}
        </button>
      </div>
      <div id="demo-drawer" ref={drawer} className="demo-drawer" data-open={isOpen} tabIndex={-1}>
        {scenario === null ? null : <ScenarioNote scenario={scenario} />}
        <fieldset className="demo-tabs">
          <legend className="demo-hidden">Show</legend>
          {TABS.map((entry) => (
            <button
              key={entry.tab}
              type="button"
              aria-pressed={entry.tab === tab}
              onClick={() => setChosen({ tab: entry.tab, after: lastId })}
            >
              {entry.label}
            </button>
          ))}
        </fieldset>
        <div className="demo-panel">
          {tab === "phone" ? <PretendPhone messages={messages} openedAt={openedAt} /> : null}
          {tab === "mailbox" ? <Mailbox messages={messages} /> : null}
          {tab === "guide" ? <DemoGuide /> : null}
        </div>
      </div>
    </aside>
  );
}
