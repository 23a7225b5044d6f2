import { useMessages } from "../messages/messages.ts";
import { useServerNow } from "./clock.ts";

/**
 * Says that an answer is still being found out; `until`, in the server's epoch ms, is from when there is nothing left to
 * find out, and null where that ends only with the screen.
 */
export function Checking({ until }: { readonly until: number | null }) {
  const { t } = useMessages();
  const now = useServerNow();
  const isOver = until !== null && now !== null && now >= until;
  return isOver ? null : <p className="mfa-hint">{t("checking")}</p>;
}
