import { useRef, useState } from "react";
import { useForm } from "react-hook-form";
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
  const { siblingOffered, onSubmit, onBack, onCancel } = props;
  const channel = props.channel === "voice" ? "voice" : "sms";
  const messages = useMessages();
  const { t, locale } = messages;
  const { entry, region } = usePhoneEntry(initialContact, defaultRegion);
  const form = useForm<{ number: string }>({ mode: "onBlur", reValidateMode: "onBlur", shouldFocusError: false });
  const field = useRef<HTMLInputElement | null>(null);
  const pressing = useRef(false);
  const sending = useRef(false);
  // Once the text was changed, the problem says nothing about what stands there now.
  const [edited, setEdited] = useState(false);

  // Null where the plan could not be fetched: then the service judges.
  const judge = (by: "sms" | "voice"): Promise<PhoneVerdict | null> => entry.judge(by).catch(() => null);
  const refusal = async () => {
    const verdict = await judge(channel);
    return verdict === null || verdict.ok ? null : verdict;
  };
  const { ref: register, ...number } = form.register("number", {
    validate: {
      landline: async () =>
        (await refusal())?.reason !== "landline" || t(siblingOffered ? "phone.landline" : "phone.reason.landline"),
      other: async () => {
        const refused = await refusal();
        if (refused === null || refused.reason === "landline") return true;
        return phoneReasonSentence(messages, refused.reason, regionName(locale, refused.region));
      },
    },
  });

  const own = form.formState.errors.number;
  const answered = edited ? null : problem;
  const aboutNumber = answered?.code === "invalid_phone" || answered?.code === "contact_refused";
  const steered =
    own === undefined && answered?.code === "invalid_phone" && answered.reason === "landline" && siblingOffered;
  const said = answered === null ? null : steered ? t("phone.landline") : problemSentence(messages, answered);
  const error = own?.message ?? (aboutNumber ? said : null);
  const notice = aboutNumber ? null : said;
  const complaint = useComplaint(field, own?.message);

  const send = async (by: "sms" | "voice") => {
    if (busy || sending.current) return;
    sending.current = true;
    const verdict = await judge(by);
    sending.current = false;
    const contact = verdict === null ? entry.unjudged() : verdict.ok ? verdict.e164 : null;
    if (contact === null) return;
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
      onSubmit={complaint.quietly(
        form.handleSubmit(
          () => send(channel),
          (wrong) => complaint.lead(wrong.number?.message),
        ),
      )}
      onBack={onBack}
      onCancel={onCancel}
    >
      <PhoneField
        ref={(input) => {
          register(input);
          field.current = input;
        }}
        entry={entry}
        region={region}
        name={number.name}
        initialText={initialContact}
        hint={t(`phone.use.${channel}`)}
        error={error}
        onEdit={(event) => {
          if (!edited) setEdited(true);
          void number.onChange(event);
        }}
        onBlur={(event) => {
          // The country list is part of the number: who goes on to it has not finished.
          const stays = event.relatedTarget?.getAttribute("role") === "combobox";
          if (pressing.current || stays || event.target.value === "") return;
          complaint.left();
          void number.onBlur(event);
        }}
      />
      {channel === "sms" && siblingOffered && (steered || own?.type === "landline") ? (
        <Button busy={busy} onPress={() => void send("voice")}>
          {t("phone.landline.call")}
        </Button>
      ) : null}
    </ContactForm>
  );
}
