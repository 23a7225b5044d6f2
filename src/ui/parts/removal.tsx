import type { Authenticator } from "../../contract/authenticator.ts";
import type { StateOf } from "../../wizard/state.ts";
import type { Commands } from "../commands.ts";
import { useMessages } from "../messages/messages.ts";
import { problemSentence } from "../messages/problem-sentence.ts";
import { Button } from "./button.tsx";
import { methodName } from "./method-name.ts";
import { Notice } from "./notice.tsx";
import { ScreenHeading } from "./screen-heading.tsx";

/** Describes the question before a method goes. */
export type RemovalProps = {
  readonly state: StateOf<"confirmingRemoval">;
  readonly items: readonly Authenticator[];
  readonly commands: Commands;
  readonly busy: boolean;
};

/** Asks, in the place of the row, whether a method really goes, and names all that goes with it. */
export function Removal({ state, items, commands, busy }: RemovalProps) {
  const messages = useMessages();
  const { t } = messages;
  const { authenticator, problem } = state;
  const isLast = items.every(({ id, automatic }) => automatic || id === authenticator.id);
  const { channels, contact } = authenticator;
  return (
    <div className="mfa-removal">
      <ScreenHeading>{t("removal.heading", { method: methodName(messages, authenticator) })}</ScreenHeading>
      <p>{t("removal.text")}</p>
      {channels.includes("sms") && channels.includes("voice") ? (
        <p>{t("removal.twins", { contact: contact ?? "" })}</p>
      ) : null}
      {isLast ? <Notice tone="warning">{t("removal.last")}</Notice> : null}
      {problem === null ? null : <Notice tone="warning">{problemSentence(messages, problem)}</Notice>}
      <div className="mfa-actions">
        <Button look="danger" busy={busy} onPress={commands.remove}>
          {t("removal.submit")}
        </Button>
        <Button busy={busy} onPress={commands.close}>
          {t("removal.keep")}
        </Button>
      </div>
    </div>
  );
}
