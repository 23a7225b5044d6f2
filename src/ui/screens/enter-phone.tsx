import { useEffect, useRef, useState } from "react";
import type { PhoneVerdict } from "../../contract/phone.ts";
import { useMessages } from "../messages/messages.ts";
import { phoneReasonSentence, problemSentence, regionName } from "../messages/problem-sentence.ts";
import { Button } from "../parts/button.tsx";
import { PhoneField } from "../parts/phone-field.tsx";
import { usePhoneEntry } from "../phone/use-phone-entry.ts";
import { ContactForm } from "./contact-form.tsx";
import type { ContactScreenProps } from "./contact-screen.ts";
import { useComplaint } from "./use-complaint.ts";

/**
 * Asks for the number that codes go to. It complains after the field was left or sent, never while somebody types, and
 * leads a landline to a call. The service has the last word: what this device could not judge is sent as it is.
 */
export function EnterPhone({ initialContact, defaultRegion, busy, problem, ...props }: ContactScreenProps) {
  const { siblingOffered, onSubmit, onLeave, onBack, onCancel } = props;
  const channel = props.channel === "voice" ? "voice" : "sms";
  const messages = useMessages();
  const { t, locale } = messages;
  const { entry, region } = usePhoneEntry(initialContact, defaultRegion);
  useEffect(() => () => onLeave(entry.typed()), [entry, onLeave]);
  const field = useRef<HTMLInputElement | null>(null);
  const pressing = useRef(false);
  // Once the text was changed, the problem says nothing about what stands there now.
  const [edited, setEdited] = useState(false);
  // One field with a driver of its own: a form library would hold the same text a second time, and weigh as much as the plan.
  const [own, setOwn] = useState<{ landline: boolean; sentence: string } | null>(null);

  // Null where the plan could not be fetched: then the service judges.
  const judge = (by: "sms" | "voice"): Promise<PhoneVerdict | null> => entry.judge(by).catch(() => null);
  const check = async () => {
    const verdict = await judge(channel);
    if (verdict === null || verdict.ok) return setOwn(null);
    const landline = verdict.reason === "landline";
    const sentence =
      landline && siblingOffered
        ? t("phone.landline")
        : phoneReasonSentence(messages, verdict.reason, regionName(locale, verdict.region));
    setOwn({ landline, sentence });
    return sentence;
  };

  const answered = edited ? null : problem;
  const aboutNumber = answered?.code === "invalid_phone" || answered?.code === "contact_refused";
  const steered =
    own === null && answered?.code === "invalid_phone" && answered.reason === "landline" && siblingOffered;
  const said = answered === null ? null : steered ? t("phone.landline") : problemSentence(messages, answered);
  const error = own?.sentence ?? (aboutNumber ? said : null);
  const notice = aboutNumber ? null : said;
  const complaint = useComplaint(field, own?.sentence);

  const send = async (by: "sms" | "voice") => {
    const verdict = await judge(by);
    const contact = verdict === null ? entry.unjudged() : verdict.ok ? verdict.e164 : null;
    if (busy || contact === null) return;
    setEdited(false);
    onSubmit({ channel: by, contact });
  };

  return (
    <ContactForm
      heading={t(`phone.heading.${channel}`)}
      submit={t(`phone.submit.${channel}`)}
      notice={notice}
      busy={busy}
      pressing={pressing}
      onSubmit={complaint.sending(async () => {
        const wrong = await check();
        if (wrong === undefined) await send(channel);
        else complaint.lead(wrong);
      })}
      onBack={onBack}
      onCancel={onCancel}
    >
      <PhoneField
        ref={field}
        entry={entry}
        region={region}
        name="number"
        initialText={initialContact}
        hint={t(`phone.use.${channel}`)}
        error={error}
        onEdit={() => {
          if (!edited) setEdited(true);
        }}
        onBlur={(event) => {
          // The country list is part of the number: who goes on to it has not finished.
          const stays = event.relatedTarget?.getAttribute("role") === "combobox";
          if (pressing.current || stays || event.target.value === "") return;
          complaint.left();
          void check();
        }}
      />
      {channel === "sms" && siblingOffered && (steered || own?.landline === true) ? (
        <Button busy={busy} onPress={complaint.sending(() => send("voice"))}>
          {t("phone.landline.call")}
        </Button>
      ) : null}
    </ContactForm>
  );
}
