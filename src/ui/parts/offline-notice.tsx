import { useEffect, useRef, useSyncExternalStore } from "react";
import { useMessages } from "../messages/messages.ts";
import { Notice } from "./notice.tsx";
import { useSay } from "./saying.tsx";

/** Says that the device has no connection, as long as it has none; it is shown where nothing else says so. Nothing is sent when it has one again: that is the person's to do. */
export function OfflineNotice({ isShown }: { readonly isShown: boolean }) {
  const { t } = useMessages();
  const say = useSay();
  // Compared, and not taken from the event: what changes before anybody listens is spoken too.
  const isOnline = useSyncExternalStore(listen, readOnline, assumeOnline);
  const told = useRef(isOnline);
  useEffect(() => {
    if (told.current === isOnline) return;
    told.current = isOnline;
    say(t(isOnline ? "online" : "offline"));
  }, [isOnline, say, t]);
  return !isOnline && isShown ? <Notice tone="warning">{t("offline")}</Notice> : null;
}

function listen(changed: () => void): () => void {
  window.addEventListener("online", changed);
  window.addEventListener("offline", changed);
  return () => {
    window.removeEventListener("online", changed);
    window.removeEventListener("offline", changed);
  };
}

const readOnline = () => navigator.onLine;

/** A server that draws the page is asked by somebody who reaches it. */
const assumeOnline = () => true;
