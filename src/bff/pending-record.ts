import * as z from "zod/mini";
import { channelSchema, messageChannelSchema } from "../contract/channel-schema.ts";

/** Parses an enrollment that is under way. */
export const pendingSchema = z.object({
  id: z.string(),
  /** How the message whose code can be used was sent. */
  channel: messageChannelSchema,
  /** Masked. The full contact is a secret with an end of its own, under this enrollment's id. */
  contact: z.string(),
  /** A keyed hash that tells whether the same contact is asked for again. */
  contactMark: z.string(),
  /** The channels that serve its number: a landline is called and never texted. A record from before they were kept has both. */
  phoneChannels: z.catch(z.array(z.enum(["sms", "voice"])), ["sms", "voice"]),
  /** The authenticator that goes once this one works: the tenant's ids, the visit's own handle, and how it is told of. */
  replaces: z.nullable(
    z.object({
      ids: z.array(z.string()).check(z.minLength(1)),
      handle: z.string(),
      channels: z.array(channelSchema),
      contact: z.nullable(z.string()),
    }),
  ),
  /**
   * `sending` and `confirming` stand while a call is under way or its answer is unknown; what they become is decided
   * by the answer or, failing that, by reading the tenant's list.
   */
  status: z.enum(["sending", "code_sent", "send_lost", "confirming"]),
  /** Kept through a resend until the new answer is in: the earlier code goes on working if that answer is lost. */
  oobCode: z.nullable(z.string()),
  /** Which visit started it, and with which credential: the tenant refuses an `oob_code` beside any other. */
  visitId: z.string(),
  credentialTag: z.string(),
  newerMessageLost: z.boolean(),
  sentAt: z.number(),
  codeExpiresAt: z.number(),
  resendAt: z.number(),
  sends: z.number(),
  /** For each of them, in how many ranges of numbers its code is awaited. */
  ranges: z.catch(z.array(z.number()), []),
  /** Every channel it was sent by: the first switch to the other one need not wait, later ones do. */
  usedChannels: z.array(messageChannelSchema),
  wrongCodes: z.number(),
  /** Whether a code was handed in whose answer never came: the tenant may still take it, long after nobody waits for it. */
  mayCount: z.catch(z.boolean(), false),
  /** The ids that were active before: whatever is active beyond them is this enrollment's doing. */
  activeBefore: z.array(z.string()),
  /** The ids that were listed before the message whose code can be used: none of them is this enrollment's own entry. */
  listedBefore: z.array(z.string()),
  /** Where the account's owner is told of it: addresses that were known before. */
  tell: z.array(z.string()),
  /** Whether a recovery code worked before: one that works since was handed out with this enrollment or an earlier, lost one. */
  recoveryBefore: z.boolean(),
});

/** Describes an enrollment that is under way. */
export type Pending = z.infer<typeof pendingSchema>;
