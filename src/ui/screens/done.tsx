import { isMessageChannel } from "../../contract/channel.ts";
import { Button } from "../parts/button.tsx";
import { OtherSessionsOffer } from "../parts/other-sessions-offer.tsx";
import { ScreenHeading } from "../parts/screen-heading.tsx";
import { useMessages } from "../messages/messages.ts";
import type { ScreenProps } from "./screen.ts";

/** Says what changed and what the next sign-in looks like. */
export function DoneScreen({ state, commands, busy }: ScreenProps<"done">) {
  const { t } = useMessages();
  const { channel, contact, replaced } = state.added;
  const what = { channel: t(`channel.${channel}`), contact: contact ?? "" };
  return (
    <div className="mfa-screen mfa-done">
      <ScreenHeading>{t("done.heading")}</ScreenHeading>
      <p>{t(replaced ? "done.replaced" : "done.added", what)}</p>
      {isMessageChannel(channel) ? <p>{t(`done.next.${channel}`)}</p> : null}
      <OtherSessionsOffer others={state.others} commands={commands} busy={busy} />
      <div className="mfa-actions">
        <Button look="primary" onPress={commands.close}>
          {t("done.submit")}
        </Button>
      </div>
    </div>
  );
}
