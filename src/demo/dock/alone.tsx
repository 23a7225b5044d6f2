import { type ReactNode, useSyncExternalStore } from "react";
import { createRoot } from "react-dom/client";
import "./dock.css";
import type { OutboxMessage } from "../outbox-message.ts";
import { openOutbox, type OutboxStore } from "./outbox-store.ts";

function Alone({ outbox, show }: { outbox: OutboxStore; show: (messages: readonly OutboxMessage[]) => ReactNode }) {
  return show(useSyncExternalStore(outbox.subscribe, outbox.messages));
}

/** Fills a page of its own with one part of the dock. */
export function showAlone(id: string, show: (messages: readonly OutboxMessage[]) => ReactNode): void {
  const place = document.getElementById(id);
  if (place) createRoot(place).render(<Alone outbox={openOutbox()} show={show} />);
}
