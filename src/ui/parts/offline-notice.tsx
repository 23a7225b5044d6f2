import { useEffect, useState } from "react";
import { useMessages } from "../messages/messages.ts";
import { Notice } from "./notice.tsx";
import { useSay } from "./saying.tsx";

/** Says that the device has no connection, as long as it has none; it is shown where nothing else says so. Nothing is sent when it has one again: that is the person's to do. */
export function OfflineNotice({ isShown }: { readonly isShown: boolean }) {
  const { t } = useMessages();
  const say = useSay();
  const [isOffline, setIsOffline] = useState(false);
  useEffect(() => {
    const read = () => setIsOffline(!navigator.onLine);
    const changed = () => {
      read();
      say(t(navigator.onLine ? "online" : "offline"));
    };
    read();
    window.addEventListener("online", changed);
    window.addEventListener("offline", changed);
    return () => {
      window.removeEventListener("online", changed);
      window.removeEventListener("offline", changed);
    };
  }, [say, t]);
  return isOffline && isShown ? <Notice tone="warning">{t("offline")}</Notice> : null;
}
