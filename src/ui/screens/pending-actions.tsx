import type { ReactNode } from "react";
import type { Pending } from "../../wizard/state.ts";
import type { Commands } from "../commands.ts";
import { useMessages } from "../messages/messages.ts";
import { Button } from "../parts/button.tsx";

/** Renders the ways out that every screen of a pending enrollment has: another contact, another method, no more of this. */
export function PendingActions(props: {
  readonly state: Pending;
  readonly commands: Commands;
  readonly busy: boolean;
  readonly children?: ReactNode;
}) {
  const { t } = useMessages();
  const { state, commands, busy, children } = props;
  return (
    <div className="mfa-ways">
      {children}
      <Button look="quiet" busy={busy} onPress={commands.changeContact}>
        {t(state.enrollment.channel === "email" ? "code.change.email" : "code.change.phone")}
      </Button>
      {state.channels.length > 1 ? (
        <Button look="quiet" busy={busy} onPress={commands.openChannels}>
          {t("code.another_method")}
        </Button>
      ) : null}
      <Button look="quiet" busy={busy} onPress={commands.cancel}>
        {t("cancel")}
      </Button>
    </div>
  );
}
