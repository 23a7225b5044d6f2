import { useEffect, useId, useState } from "react";
import { Button } from "../parts/button.tsx";
import { ChannelIcon } from "../parts/channel-icon.tsx";
import { ScreenHeading } from "../parts/screen-heading.tsx";
import { useMessages } from "../messages/messages.ts";
import type { ScreenProps } from "./screen.ts";

/** Asks how the person wants to be reached. Only offered channels are here; one that is on already says so and offers Replace. */
export function ChooseChannel({ state, commands, busy }: ScreenProps<"choosingChannel">) {
  const { t } = useMessages();
  const id = useId();
  const { choices } = state;
  const [picked, setPicked] = useState(choices[0]?.channel);
  const chosen = choices.find(({ channel }) => channel === picked) ?? choices[0];
  const next = chosen?.channel;
  useEffect(() => {
    if (next === undefined) return;
    // What is picked and no other: the address form alone is as much as a whole screen.
    import("../later-screens.tsx").then(
      ({ preloadContact }) => preloadContact(next),
      () => {},
    );
  }, [next]);
  return (
    <form
      className="mfa-screen"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy && chosen !== undefined) commands.chooseChannel(chosen.channel);
      }}
    >
      <ScreenHeading id={`${id}heading`}>{t("choose.heading")}</ScreenHeading>
      <div role="radiogroup" aria-labelledby={`${id}heading`} className="mfa-cards">
        {choices.map(({ channel, enrolled }) => (
          <div key={channel} className="mfa-card">
            <label className="mfa-card-choice">
              <input
                type="radio"
                name={`${id}channel`}
                checked={channel === chosen?.channel}
                aria-describedby={`${id}${channel}`}
                onChange={() => setPicked(channel)}
              />
              <ChannelIcon channel={channel} />
              <span className="mfa-card-name">{t(`channel.${channel}`)}</span>
            </label>
            <p id={`${id}${channel}`} className="mfa-card-text">
              {t(`choose.${channel}`)}
              {enrolled.map(({ id: key, contact }) => (
                <span key={key} className="mfa-card-note">
                  {t("choose.enrolled", { contact: contact ?? "" })}
                </span>
              ))}
            </p>
            {enrolled.map((authenticator) => (
              <Button
                key={authenticator.id}
                look="quiet"
                busy={busy}
                onPress={() => commands.chooseChannel(channel, authenticator.id)}
              >
                {t("choose.replace", { contact: authenticator.contact ?? "" })}
              </Button>
            ))}
          </div>
        ))}
      </div>
      <div className="mfa-actions">
        <Button look="primary" type="submit" busy={busy}>
          {t("continue")}
        </Button>
        <Button look="quiet" busy={busy} onPress={commands.cancel}>
          {t("cancel")}
        </Button>
      </div>
    </form>
  );
}
