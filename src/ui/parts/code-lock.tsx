import type { ReactNode } from "react";
import { useMessages } from "../messages/messages.ts";
import { useServerNow } from "./clock.ts";
import { ScreenHeading } from "./screen-heading.tsx";

/** Describes a lock: until when it holds, where that is known, and the way on once it is over. */
export type CodeLockProps = { readonly triesAgainAt: number | null | undefined; readonly children: ReactNode };

/** Says that no code can be tried for now and until when, instead of offering a field that would only be refused. */
export function CodeLock({ triesAgainAt, children }: CodeLockProps) {
  const { t, time } = useMessages();
  const now = useServerNow();
  const isOver = triesAgainAt != null && now !== null && now >= triesAgainAt;
  return (
    <>
      <ScreenHeading>{t("stopped.locked.heading")}</ScreenHeading>
      {triesAgainAt == null ? null : <p>{t("problem.too_many_codes", { time: time(triesAgainAt) })}</p>}
      {isOver ? children : null}
    </>
  );
}
