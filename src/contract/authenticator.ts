import * as z from "zod/mini";
import { channelSchema } from "./channel-schema.ts";

/**
 * Parses one confirmed authenticator. A number that takes texts and calls is one row with two channels, because removing
 * one removes the other. `id` is a handle that means something to this session alone, never the tenant's id.
 */
export const authenticatorSchema = z.object({
  id: z.string(),
  channels: z.array(channelSchema).check(z.minLength(1)),
  /** The masked number or address, or the device's name; null for an authenticator app. */
  contact: z.nullable(z.string()),
  /** True for the verified primary email, which the tenant lists by itself: it can be neither removed nor replaced. */
  automatic: z.boolean(),
  /** Epoch ms, null where the tenant does not tell. */
  addedAt: z.nullable(z.number()),
  lastUsedAt: z.nullable(z.number()),
});

/** Describes one confirmed authenticator as the page may know it. */
export type Authenticator = z.infer<typeof authenticatorSchema>;
