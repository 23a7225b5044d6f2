import type { BucketReading } from "./limits.ts";
import { emailText, smsText, voiceText } from "./messages.ts";
import { hasPhoneProvider, isCarried } from "./phone-provider.ts";
import type { Person } from "./people.ts";
import { Refusal } from "./refusal.ts";
import type { Tenant } from "./tenant.ts";

/** How a person is reached out of band. */
export type SendChannel = "sms" | "voice" | "email" | "push";

/**
 * Contacts that misbehave on purpose. Numbers by their last four digits, which lie in the ranges reserved for fiction
 * (+1 202-555-01xx, +44 7700 900xxx); addresses by their local part, whatever follows a plus sign.
 */
const RESERVED = {
  /** Refused by the gateway: `The phone number is invalid.` or a malformed address. */
  invalid: { phone: "0190", email: "invalid" },
  /** Accepted, and nothing ever arrives. */
  undeliverable: { phone: "0191", email: "undeliverable" },
  /** Refused as if the person had been sent too many messages. */
  tooMany: { phone: "0192", email: "too-many" },
} as const;

/** A message that is about to leave. */
export interface Sending {
  readonly person: Person;
  readonly channel: SendChannel;
  readonly contact: string;
  readonly authenticatorId: string;
  readonly code: string;
}

/**
 * Takes one send from the person's budget.
 * @throws {Refusal} when the contact cannot be a contact, or the budget is used up. Nothing has been sent then.
 */
export function reserveSend(
  tenant: Tenant,
  { person, channel, contact }: Omit<Sending, "authenticatorId" | "code">,
): void {
  const { settings, limits } = tenant;
  if (channel === "push") {
    const reading = limits.take(`push ${person.subject}`, settings.limits.pushes);
    if (!reading.ok) throw tooManyRequests(tenant, reading);
    return;
  }
  if (!isContact(channel, contact)) {
    throw channel === "email"
      ? new Refusal(400, "invalid_request", "The email address is invalid.")
      : // The gateway's "no" is passed on under a code that sounds like an outage. It is the person's mistake.
        new Refusal(settings.statuses.invalidPhone, "bad_gateway", "The phone number is invalid.");
  }
  if (channel !== "email" && settings.withoutPhoneProvider === "refused" && !hasPhoneProvider(settings)) {
    const description = "The phone message could not be handed to a provider.";
    throw new Refusal(settings.statuses.phoneProviderMissing, "bad_gateway", description);
  }
  const kind = channel === "email" ? "emails" : "phoneMessages";
  const reading = limits.take(`${kind} ${person.subject}`, settings.limits[kind]);
  if (!reading.ok || isReserved("tooMany", channel, contact)) {
    const words = channel === "email" ? "emails" : "SMS";
    const description = `Too many ${words} sent by the user. Wait for some minutes before retrying.`;
    throw new Refusal(settings.statuses.tooManyMessages, "invalid_request", description, {
      retryAfterSeconds: reading.ok ? settings.limits[kind].refillSeconds : secondsUntil(tenant, reading),
    });
  }
}

/** Hands the message to its carrier. What the carrier does afterwards is not the caller's concern, as on a real tenant. */
export async function deliver(
  tenant: Tenant,
  { person, channel, contact, authenticatorId, code }: Sending,
): Promise<void> {
  const { ledger, outbox, settings, sendMail } = tenant;
  const delivered =
    channel === "push" || (!isReserved("undeliverable", channel, contact) && isCarried(settings, channel));
  ledger.write({ type: "send", person: person.subject, channel, contact, authenticatorId, delivered });
  if (channel === "push" || !delivered) return;
  const { brand } = settings;
  if (channel === "email") {
    const mail = { to: contact, ...emailText({ brand, code, minutes: Math.floor(settings.seconds.oobCode / 60) }) };
    if (sendMail === undefined) {
      outbox.post({ channel, code, ...mail });
      return;
    }
    try {
      await sendMail(mail);
    } catch {
      ledger.write({ type: "sendFailed", person: person.subject, channel, contact, authenticatorId });
    }
    return;
  }
  const text = channel === "sms" ? smsText({ brand, code, host: tenant.messageHost }) : voiceText({ brand, code });
  outbox.post({ channel, to: contact, text, code });
}

/** Words the answer to a bucket that is empty, with that bucket's own numbers in the headers. */
export function tooManyRequests(tenant: Tenant, reading: BucketReading): Refusal {
  return new Refusal(
    429,
    "too_many_requests",
    "Too many requests. Check the X-RateLimit-Limit, X-RateLimit-Remaining and X-RateLimit-Reset headers.",
    {
      headers: {
        "x-ratelimit-limit": String(reading.limit),
        "x-ratelimit-remaining": "0",
        "x-ratelimit-reset": String(Math.ceil(reading.nextAt / 1000)),
      },
      retryAfterSeconds: secondsUntil(tenant, reading),
    },
  );
}

/** Gives the whole seconds until a bucket has its next token. */
export function secondsUntil(tenant: Tenant, reading: BucketReading): number {
  return Math.max(1, Math.ceil((reading.nextAt - tenant.now()) / 1000));
}

function isContact(channel: "sms" | "voice" | "email", contact: string): boolean {
  if (isReserved("invalid", channel, contact)) return false;
  // E.164: a plus sign and up to fifteen digits, the first not zero. RFC 5321: at most 254 characters.
  return channel === "email"
    ? contact.length <= 254 && /^[^\s@<>,;"]+@[^\s@<>,;".]+(\.[^\s@<>,;".]+)+$/.test(contact)
    : /^\+[1-9]\d{6,14}$/.test(contact);
}

function isReserved(what: keyof typeof RESERVED, channel: "sms" | "voice" | "email", contact: string): boolean {
  if (channel !== "email") return contact.endsWith(RESERVED[what].phone);
  return contact.slice(0, contact.lastIndexOf("@")).split("+")[0] === RESERVED[what].email;
}
