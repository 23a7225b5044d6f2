import { useMessages } from "../messages/messages.ts";
import { Button } from "../parts/button.tsx";
import { ScreenHeading } from "../parts/screen-heading.tsx";
import type { Enrollment } from "../enrollment.ts";

/** Says that nothing is known yet because the session could not be read, and offers to ask again, or to load an old page anew. */
export function Unread({
  why,
  onReadAgain,
}: {
  readonly why: NonNullable<Enrollment["unread"]>;
  readonly onReadAgain: () => void;
}) {
  const { t } = useMessages();
  const isOld = why === "outdated";
  return (
    <div className="mfa-screen">
      <ScreenHeading>{t(isOld ? "outdated.heading" : "unreachable.heading")}</ScreenHeading>
      <p>{t(`${typeof why === "string" ? why : "refused"}.text`)}</p>
      <div className="mfa-actions">
        <Button look="primary" onPress={onReadAgain}>
          {t(isOld ? "reload" : "try_again")}
        </Button>
      </div>
    </div>
  );
}
