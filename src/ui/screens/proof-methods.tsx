import { useId, useState } from "react";
import type { Authenticator } from "../../contract/authenticator.ts";
import type { Channel } from "../../contract/channel.ts";
import { useMessages } from "../messages/messages.ts";
import { problemSentence } from "../messages/problem-sentence.ts";
import { Button } from "../parts/button.tsx";
import { FieldError } from "../parts/field-error.tsx";
import { ScreenHeading } from "../parts/screen-heading.tsx";
import type { ScreenProps } from "./screen.ts";

type Way = { readonly key: string; readonly channel: Channel | "recovery_code"; readonly with: Authenticator | null };

/** Asks which of the person's own methods (or the recovery code) shows that it is them. */
export function ProofMethods({ state, commands, busy }: ScreenProps<"choosingProof">) {
  const messages = useMessages();
  const { t } = messages;
  const id = useId();
  const ways = waysOf(state);
  const [picked, setPicked] = useState(ways[0]?.key);
  const way = ways.find(({ key }) => key === picked) ?? ways[0];
  const take = () => {
    if (busy || way === undefined) return;
    if (way.with === null || way.channel === "recovery_code") commands.challengeByRecoveryCode();
    else commands.challenge(way.with, way.channel);
  };
  return (
    <form
      className="mfa-screen"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        take();
      }}
    >
      <ScreenHeading id={`${id}heading`}>{t("proof.heading")}</ScreenHeading>
      <p>{t("proof.text")}</p>
      <div role="radiogroup" aria-labelledby={`${id}heading`} aria-describedby={`${id}error`} className="mfa-cards">
        {ways.map(({ key, channel, with: method }) => (
          <div key={key} className="mfa-card">
            <label className="mfa-card-choice">
              <input type="radio" name={`${id}way`} checked={key === way?.key} onChange={() => setPicked(key)} />
              <span className="mfa-card-name">
                {method === null
                  ? t("proof.recovery")
                  : method.contact === null
                    ? t(`channel.${channel}`)
                    : t("proof.method", { channel: t(`channel.${channel}`), contact: method.contact })}
              </span>
            </label>
          </div>
        ))}
      </div>
      <FieldError id={`${id}error`}>
        {state.problem === null ? null : problemSentence(messages, state.problem)}
      </FieldError>
      <div className="mfa-actions">
        <Button look="primary" type="submit" busy={busy}>
          {t(way?.channel === "otp" || way?.channel === "recovery_code" ? "continue" : "proof.submit")}
        </Button>
        <Button look="quiet" busy={busy} onPress={commands.cancel}>
          {t("cancel")}
        </Button>
      </div>
    </form>
  );
}

function waysOf({ methods, recoveryCode }: ScreenProps<"choosingProof">["state"]): readonly Way[] {
  const ways: Way[] = methods.flatMap((method) =>
    method.channels.map((channel) => ({ key: `${method.id} ${channel}`, channel, with: method })),
  );
  return recoveryCode ? [...ways, { key: "recovery_code", channel: "recovery_code", with: null }] : ways;
}
