import * as z from "zod/mini";

/** Parses a message as the pretend phone and mailbox show it: `at` is epoch ms, a call's `text` is what is read aloud. */
export const outboxMessageSchema = z.object({
  id: z.string(),
  at: z.number(),
  channel: z.enum(["sms", "voice", "email"]),
  to: z.string(),
  text: z.string(),
  subject: z.optional(z.string()),
  code: z.optional(z.string()),
});

/** Describes a message that was delivered to the pretend phone or mailbox. */
export type OutboxMessage = z.infer<typeof outboxMessageSchema>;
