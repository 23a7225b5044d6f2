import { useEffect } from "react";
import type { Unheard } from "../../client/enrollment-client.ts";
import { useMessages } from "../messages/messages.ts";
import { Button } from "./button.tsx";
import { Notice } from "./notice.tsx";
import { useSay } from "./saying.tsx";

/** Renders, and says, what did not get through or could not be drawn, and renders the button that tries it once more, or loads an old page anew. */
export function FailureNotice(props: {
  readonly why: Unheard | "broken";
  readonly busy?: boolean;
  readonly onTryAgain: () => void;
}) {
  const { t } = useMessages();
  const say = useSay();
  const { why, busy = false, onTryAgain } = props;
  useEffect(() => say(t(why)), [say, t, why]);
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
