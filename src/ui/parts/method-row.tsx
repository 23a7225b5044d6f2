import type { Authenticator } from "../../contract/authenticator.ts";
import type { SessionView } from "../../contract/session-view.ts";
import type { Commands } from "../commands.ts";
import { useMessages } from "../messages/messages.ts";
import { Button } from "./button.tsx";
import { ChannelIcon } from "./channel-icon.tsx";
import { useIsAlive } from "./clock.ts";
import { channelsName, methodName } from "./method-name.ts";
import { Verbatim } from "./verbatim.tsx";

/** Describes one confirmed method and what may be done with it. */
export type MethodRowProps = {
  readonly authenticator: Authenticator;
  readonly can: SessionView["can"];
  readonly offered: SessionView["channels"];
  readonly commands: Commands;
  readonly busy: boolean;
};

/** Renders one confirmed method. The automatic email has no buttons, because it can be neither removed nor replaced. */
export function MethodRow({ authenticator, can, offered, commands, busy }: MethodRowProps) {
  const messages = useMessages();
  const { t, date } = messages;
  // Until the person's own time zone is known a date takes its room, unseen, so that nothing moves when it is.
  const isAlive = useIsAlive();
  const day = (at: number) => (isAlive ? date(at) : "00 May 0000");
  const noted = isAlive ? "mfa-hint" : "mfa-hint mfa-unseen";
  const { channels, contact, automatic, addedAt, lastUsedAt } = authenticator;
  const method = methodName(messages, authenticator);
  const replaceable = can.add !== "no" && channels.some((channel) => offered.includes(channel));
  return (
    <>
      {channels[0] === undefined ? null : <ChannelIcon channel={channels[0]} />}
      <div className="mfa-method-text">
        <p className="mfa-method-name">{channelsName(messages, authenticator)}</p>
        {contact === null ? null : (
          <p>
            <Verbatim className="mfa-contact">{contact}</Verbatim>
          </p>
        )}
        {automatic ? <p className="mfa-hint">{t("panel.automatic")}</p> : null}
        {addedAt === null ? null : <p className={noted}>{t("panel.added", { date: day(addedAt) })}</p>}
        {lastUsedAt === null ? null : <p className={noted}>{t("panel.last_used", { date: day(lastUsedAt) })}</p>}
      </div>
      {automatic ? null : (
        <div className="mfa-method-ways">
          {replaceable ? (
            <Button
              look="quiet"
              busy={busy}
              label={t("panel.replace.label", { method })}
              onPress={() => commands.replace(authenticator)}
            >
              {t("panel.replace")}
            </Button>
          ) : null}
          {can.remove === "no" ? null : (
            <Button
              look="quiet"
              busy={busy}
              label={t("panel.remove.label", { method })}
              onPress={() => commands.askToRemove(authenticator)}
            >
              {t("panel.remove")}
            </Button>
          )}
        </div>
      )}
    </>
  );
}
