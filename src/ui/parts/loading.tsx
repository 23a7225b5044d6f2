import { useMessages } from "../messages/messages.ts";

/** Renders the quiet line that stands where a screen is about to be. */
export function Loading() {
  const { t } = useMessages();
  return <p className="mfa-loading">{t("loading")}</p>;
}
