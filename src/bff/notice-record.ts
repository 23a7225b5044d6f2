import * as z from "zod/mini";
import { channelSchema } from "../contract/channel-schema.ts";

/** Parses a change that the owner of the account is still to be told of. */
export const waitingNoticeSchema = z.object({
  /** Stays the same through every attempt. */
  id: z.string(),
  type: z.enum(["added", "removed"]),
  channels: z.array(channelSchema),
  /** Masked. */
  contact: z.nullable(z.string()),
  at: z.number(),
  to: z.array(z.string()),
  attempts: z.number(),
  /** True once an attempt has failed; one that is under way has not. */
  hasFailed: z.catch(z.boolean(), false),
  /** From when it may be tried again; whoever tries moves this first, so that two nodes do not both send it. */
  nextAt: z.number(),
});

/** Parses a removal that was asked for, until it is known whether it was done. */
export const removingSchema = z.object({
  noticeId: z.string(),
  ids: z.array(z.string()),
  channels: z.array(channelSchema),
  contact: z.nullable(z.string()),
  at: z.number(),
  tell: z.array(z.string()),
});

/** Describes a change that the owner of the account is still to be told of. */
export type WaitingNotice = z.infer<typeof waitingNoticeSchema>;
/** Describes a removal of which it is not known yet whether it was done. */
export type Removing = z.infer<typeof removingSchema>;
