import { useEffect } from "react";
import { useMessages } from "../messages/messages.ts";
import { Button } from "./button.tsx";
import { Notice } from "./notice.tsx";
import { useSay } from "./saying.tsx";

/** Renders what stands in the place of a recovery code after the page was out of sight, and says it once somebody is back. */
export function HiddenCode({ onShow }: { readonly onShow: () => void }) {
  const { t } = useMessages();
  const say = useSay();
  useEffect(() => {
    const told = new AbortController();
    const tell = () => {
      if (document.visibilityState === "hidden") return;
      told.abort();
      say(t("recovery.hidden"));
    };
    // Nobody hears what is said to a page that is not looked at.
    document.addEventListener("visibilitychange", tell, { signal: told.signal });
    tell();
    return () => told.abort();
  }, [say, t]);
  return <Notice action={<Button onPress={onShow}>{t("recovery.show")}</Button>}>{t("recovery.hidden")}</Notice>;
}
