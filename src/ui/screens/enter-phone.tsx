import { useEffect, useRef, useState } from "react";
import { siblingOf } from "../../contract/channel.ts";
import type { PhoneVerdict } from "../../contract/phone.ts";
import {
  DEFAULT_PHONE_POLICY,
  type PhoneChannel,
  type PhonePolicy,
  servesCountry,
} from "../../contract/phone-policy.ts";
import type { PhoneReason } from "../../contract/problem.ts";
import { useMessages } from "../messages/messages.ts";
import {
  phoneReasonSentence,
  phoneSteerSentence,
  problemSentence,
  regionInSentence,
} from "../messages/problem-sentence.ts";
import { Button } from "../parts/button.tsx";
import { PhoneField } from "../parts/phone-field.tsx";
import { usePhoneEntry } from "../phone/use-phone-entry.ts";
import { useServedRegion } from "../phone/use-served-region.ts";
import { ContactForm } from "./contact-form.tsx";
import { type ContactScreenProps, isAboutContact } from "./contact-screen.ts";
import { useComplaint } from "./use-complaint.ts";

/** Describes the phone screen: `policy` null stands for the one that goes where the host has set none. */
export type EnterPhoneProps = ContactScreenProps & { readonly policy: PhonePolicy | null };

/** What is wrong with a number, and the channel that serves it all the same. */
type Complaint = { readonly sentence: string; readonly steersTo: PhoneChannel | null };

/**
 * Asks for the number that codes go to. It complains after the field was left or sent, never while somebody types, and
 * leads a number that this channel does not serve to the other one. The service has the last word: what this device could
 * not judge is sent as it is.
 */
export function EnterPhone({ initialContact, defaultRegion, busy, problem, ...props }: EnterPhoneProps) {
  const { siblingOffered, onSubmit, onLeave, onBack, onCancel } = props;
  const channel = props.channel === "voice" ? "voice" : "sms";
  const sibling = siblingOffered ? siblingOf(channel) : null;
  const policy = props.policy ?? DEFAULT_PHONE_POLICY;
  const messages = useMessages();
  const { t, locale } = messages;
  const { entry, region } = usePhoneEntry(initialContact, defaultRegion);
  const settleRegion = useServedRegion(entry, region, policy[channel]);
  useEffect(() => () => onLeave(entry.typed()), [entry, onLeave]);
  const field = useRef<HTMLInputElement | null>(null);
  const pressing = useRef(false);
  // Once the text was changed, the problem says nothing about what stands there now.
  const [edited, setEdited] = useState(false);
  // One field with a driver of its own: a form library would hold the same text a second time, and weigh as much as the plan.
  const [own, setOwn] = useState<Complaint | null>(null);

  // Null where the plan could not be fetched: then the service judges.
  const judge = (by: PhoneChannel): Promise<PhoneVerdict | null> => entry.judge(by, policy).catch(() => null);

  const complaintOf = (
    reason: PhoneReason,
    about: string | null,
    by: PhoneChannel,
    to: PhoneChannel | null,
  ): Complaint => {
    const refused = { reason, country: regionInSentence(locale, about), channel: by };
    const sentence = to === null ? phoneReasonSentence(messages, refused) : phoneSteerSentence(messages, refused, to);
    return { sentence, steersTo: to };
  };

  const complain = async (verdict: PhoneVerdict & { ok: false }, by: PhoneChannel): Promise<string> => {
    const to = sibling !== null && sibling !== by && isSteered(verdict.reason) ? sibling : null;
    const served = to !== null && (await judge(to))?.ok === true;
    const complaint = complaintOf(verdict.reason, verdict.region, by, served ? to : null);
    setOwn(complaint);
    return complaint.sentence;
  };

  const check = async () => {
    const verdict = await judge(channel);
    if (verdict !== null && !verdict.ok) return complain(verdict, channel);
    setOwn(null);
    return undefined;
  };

  const answered = edited ? null : problem;
  const refused = answered?.code === "invalid_phone" ? answered : null;
  const steersTo =
    refused !== null &&
    sibling !== null &&
    refused.channel === channel &&
    isSteered(refused.reason) &&
    servesCountry(policy[sibling], refused.region)
      ? sibling
      : null;
  const theirs = refused && complaintOf(refused.reason, refused.region, refused.channel, steersTo);
  const said = theirs?.sentence ?? (answered && problemSentence(messages, answered));
  const aboutNumber = answered !== null && isAboutContact(answered);
  const error = own?.sentence ?? (aboutNumber ? said : null);
  const notice = aboutNumber ? null : said;
  const offered = (own ?? theirs)?.steersTo ?? null;
  const complaint = useComplaint(field, own?.sentence);

  const send = async (by: PhoneChannel) => {
    const verdict = await judge(by);
    if (verdict !== null && !verdict.ok) return complaint.lead(await complain(verdict, by));
    const contact = verdict === null ? entry.unjudged() : verdict.e164;
    if (busy || contact === null) return;
    setEdited(false);
    setOwn(null);
    onSubmit({ channel: by, contact });
  };

  return (
    <ContactForm
      heading={t(`phone.heading.${channel}`)}
      submit={t(`phone.submit.${channel}`)}
      notice={notice}
      busy={busy}
      pressing={pressing}
      onSubmit={complaint.sending(() => send(channel))}
      onBack={onBack}
      onCancel={onCancel}
    >
      <PhoneField
        ref={field}
        entry={entry}
        region={region}
        countries={policy[channel].countries}
        name="number"
        initialText={initialContact}
        hint={t(`phone.use.${channel}`)}
        error={error}
        onEdit={() => {
          if (!edited) setEdited(true);
          settleRegion();
        }}
        onCountry={(chosen) => {
          entry.choose(chosen);
          // What was said of the number was said of it in another country.
          if (own !== null) void check();
        }}
        onBlur={(event) => {
          // The country list is part of the number: who goes on to it has not finished.
          const stays = event.relatedTarget?.getAttribute("role") === "combobox";
          if (pressing.current || stays || event.target.value === "") return;
          complaint.left();
          void check();
        }}
      />
      {offered === null ? null : (
        <Button busy={busy} onPress={complaint.sending(() => send(offered))}>
          {t(`phone.instead.${offered}`)}
        </Button>
      )}
    </ContactForm>
  );
}

/** Tells whether a number that is refused for this reason may be served by the other channel. */
function isSteered(reason: PhoneReason): boolean {
  return reason === "landline" || reason === "country_not_served";
}
