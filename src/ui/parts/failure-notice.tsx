import type { Unheard } from "../../client/enrollment-client.ts";
import { useMessages } from "../messages/messages.ts";
import { Button } from "./button.tsx";
import { Notice } from "./notice.tsx";

/** Renders what did not get through or could not be drawn, and the button that tries it once more, or loads an old page anew. */
export function FailureNotice(props: {
  readonly why: Unheard | "broken";
  readonly busy?: boolean;
  readonly onTryAgain: () => void;
}) {
  const { t } = useMessages();
  const { why, busy = false, onTryAgain } = props;
  return (
    <Notice
      tone="warning"
      action={
        <Button busy={busy} onPress={onTryAgain}>
          {t(why === "outdated" ? "reload" : "try_again")}
        </Button>
      }
    >
      {t(why)}
    </Notice>
  );
}
