import { useMessages } from "../messages/messages.ts";
import { Button } from "../parts/button.tsx";
import type { LazyScreens } from "../lazy-screens.ts";
import { ScreenHeading } from "../parts/screen-heading.tsx";
import type { ReadFailure } from "../session-reading.ts";

/** Says that nothing is known yet because the session could not be read, and offers to ask again. */
export function Unread(props: {
  readonly why: ReadFailure["why"];
  readonly onReadAgain: () => void;
  readonly screens: LazyScreens;
}) {
  const { t } = useMessages();
  const { why, onReadAgain, screens } = props;
  return (
    <div className="mfa-screen">
      <ScreenHeading>{t("unreachable.heading")}</ScreenHeading>
      {typeof why === "string" ? <p>{t(`${why}.text`)}</p> : <screens.ProblemNotice problem={why} />}
      <div className="mfa-actions">
        <Button look="primary" onPress={onReadAgain}>
          {t("try_again")}
        </Button>
      </div>
    </div>
  );
}
