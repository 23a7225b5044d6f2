import * as z from "zod/mini";
import { messageChannelSchema } from "../contract/channel-schema.ts";
import { removingSchema, waitingNoticeSchema } from "./notice-record.ts";
import { pendingSchema } from "./pending-record.ts";
import type { Refusal } from "./refused.ts";

/** Parses one entry of the tenant's list, as it was read (Auth0 MFA API, list authenticators). */
export const listedSchema = z.object({
  id: z.string(),
  kind: z.enum(["sms", "voice", "email", "otp", "push", "recovery_code", "other"]),
  active: z.boolean(),
  name: z.nullable(z.string()),
  createdAt: z.nullable(z.number()),
  lastUsedAt: z.nullable(z.number()),
});

/**
 * Parses what is known of the person's recovery code. The tenant hands it out once, before anything is confirmed. The code
 * itself is a secret with an end of its own, under `secretId`.
 */
const recoverySchema = z.discriminatedUnion("state", [
  /** Received, but nothing is confirmed yet. */
  z.object({ state: z.literal("held"), secretId: z.string(), receivedAt: z.number() }),
  /** Waiting to be saved. The visit `visitId` may see it without a new proof. */
  z.object({
    state: z.literal("to_save"),
    secretId: z.string(),
    since: z.number(),
    visitId: z.string(),
    /** The tenant's id of what was added with it; null when unknown. */
    addedId: z.nullable(z.string()),
    /** Whether it has been handed out. Only then is it acknowledged; one from before this was noted may have been. */
    revealed: z.catch(z.boolean(), true),
  }),
  /** Handed out by the tenant, lost on its way. `due` once something is confirmed, `seen` once the person has been told. */
  z.object({ state: z.literal("lost"), due: z.boolean(), seen: z.boolean() }),
]);

/** Parses what became of one intent. `refusal` null means that it was done. */
const answerSchema = z.object({
  bodyHash: z.string(),
  at: z.number(),
  done: z.boolean(),
  refusal: z.nullable(z.custom<Refusal>((value) => typeof value === "object" && value !== null && "code" in value)),
});

/**
 * Parses what belongs to the account, whoever visits: budgets, the pending enrollment, the recovery code, the last list. A
 * second visit or a new sign-in neither resets a budget nor loses the code.
 */
export const accountRecordSchema = z.object({
  /** Instants of code tries and of sends in the last hour. */
  tries: z.array(z.number()),
  /** Which code the tries of challenges were at: several visits can each have one open, and one code has its tries but once. */
  tried: z.catch(z.array(z.object({ at: z.number(), code: z.string() })), []),
  /** `to` tells where it went, until a code of it was entered: the mark of a contact, or the tenant's id of a method. */
  sends: z.array(z.object({ at: z.number(), channel: messageChannelSchema, to: z.catch(z.string(), "") })),
  /** Until when the tenant said no: to codes, or to messages of a channel. */
  blocked: z.object({
    codes: z.number(),
    sms: z.number(),
    voice: z.number(),
    email: z.number(),
  }),
  /** These two, of another version's shape, count as absent by themselves: the counts and the recovery code beside them stay. */
  pending: z.catch(z.nullable(pendingSchema), null),
  /** The enrollment that was confirmed last: whoever asks for that again, not knowing, is answered that it is done. */
  confirmedId: z.catch(z.nullable(z.string()), null),
  /** When a method was added last, and by which visit: what another visit proved before that was proved by less. */
  added: z.catch(z.nullable(z.object({ at: z.number(), visitId: z.string() })), null),
  /**
   * Entries that were begun at the tenant and not confirmed, the pending one's among them: at most `count`, for a lost answer
   * may have begun none; the last one at `lastAt`. `before` are the ids that were listed before the first of them.
   */
  begun: z.nullable(z.object({ count: z.number(), lastAt: z.number(), before: z.array(z.string()) })),
  recovery: z.nullable(recoverySchema),
  list: z.catch(
    z.nullable(
      z.object({
        items: z.array(listedSchema),
        knownAt: z.number(),
        /** True when something changed since that could not be read: the next look reads anew. */
        outdated: z.boolean(),
        /** True while something is known to have been added that is not among the items. */
        lacks: z.catch(z.boolean(), false),
        /** Counts the changes, so that a slow reading never overwrites what a later one found. */
        version: z.number(),
      }),
    ),
    null,
  ),
  /** The open challenge's counts, which a visit's own record could not keep from two requests that race. */
  challenge: z.nullable(z.object({ id: z.string(), sends: z.number(), sentAt: z.number(), wrongCodes: z.number() })),
  /** When a new recovery code was last asked for, and until when the tenant is believed to have none to give. */
  renewal: z.object({ askedAt: z.nullable(z.number()), offUntil: z.number() }),
  /** A keyed hash of each contact that was confirmed here, beside what its entries have in common at the tenant. */
  contacts: z.catch(z.array(z.object({ twin: z.string(), mark: z.string() })), []),
  removing: z.array(removingSchema),
  notices: z.array(waitingNoticeSchema),
  /** How many changes nobody could be told of, because no address was known. */
  untold: z.number(),
  /** Visits that began until `at` are over, but for the one that ended them. */
  othersEnded: z.nullable(z.object({ at: z.number(), visitId: z.string() })),
  answers: z.record(z.string(), answerSchema),
  /** The one change that is under way; others wait for it. */
  lease: z.nullable(z.object({ key: z.string(), until: z.number() })),
});

/** Describes what belongs to the account. */
export type AccountRecord = z.infer<typeof accountRecordSchema>;
/** Describes one entry of the tenant's list. */
export type Listed = z.infer<typeof listedSchema>;

/** What nobody changes in place can be shared: ten thousand accounts have most of it in common. */
const UNKNOWN: AccountRecord = {
  tries: [],
  tried: [],
  sends: [],
  blocked: { codes: 0, sms: 0, voice: 0, email: 0 },
  pending: null,
  confirmedId: null,
  added: null,
  begun: null,
  recovery: null,
  list: null,
  challenge: null,
  renewal: { askedAt: null, offUntil: 0 },
  contacts: [],
  removing: [],
  notices: [],
  untold: 0,
  othersEnded: null,
  answers: {},
  lease: null,
};

/** Returns an account of which nothing is known. */
export function newAccount(): AccountRecord {
  return { ...UNKNOWN };
}
