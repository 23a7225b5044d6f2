import { Button } from "../parts/button.tsx";
import { Notice } from "../parts/notice.tsx";
import { ScreenHeading } from "../parts/screen-heading.tsx";
import { useMessages } from "../messages/messages.ts";
import type { ScreenProps } from "./screen.ts";

/** Says truthfully that the method is on while the recovery code is lost, what that means and what to do. */
export function DoneWithoutRecoveryCodeScreen({ commands }: ScreenProps<"doneWithoutRecoveryCode">) {
  const { t } = useMessages();
  return (
    <div className="mfa-screen">
      <ScreenHeading>{t("no_code.heading")}</ScreenHeading>
      <Notice tone="warning">{t("no_code.text")}</Notice>
      <p>{t("no_code.what")}</p>
      <div className="mfa-actions">
        <Button look="primary" onPress={commands.close}>
          {t("no_code.submit")}
        </Button>
      </div>
    </div>
  );
}
