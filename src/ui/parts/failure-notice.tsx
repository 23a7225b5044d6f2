import type { ReactNode } from "react";
import { useMessages } from "../messages/messages.ts";
import { Button } from "./button.tsx";
import { Notice } from "./notice.tsx";

/** Renders what did not get through, and the button that tries it once more. */
export function FailureNotice(props: {
  readonly children: ReactNode;
  readonly busy?: boolean;
  readonly onTryAgain: () => void;
}) {
  const { t } = useMessages();
  const { children, busy = false, onTryAgain } = props;
  return (
    <Notice
      tone="warning"
      action={
        <Button busy={busy} onPress={onTryAgain}>
          {t("try_again")}
        </Button>
      }
    >
      {children}
    </Notice>
  );
}
