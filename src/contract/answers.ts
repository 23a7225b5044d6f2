import * as z from "zod/mini";
import { channelSchema } from "./channel-schema.ts";
import type { RouteName } from "./routes.ts";
import { sessionViewSchema } from "./session-view.ts";

/*
 * What each route answers when it does not refuse. The BFF holds every answer of its own against it before it leaves and
 * marks it; the browser knows the types alone and trusts the mark, so that no schema is fetched with the first screen.
 */

const signInAnswer = z.discriminatedUnion("outcome", [
  z.object({ outcome: z.literal("leave"), location: z.string() }),
  z.object({ outcome: z.literal("signed_in"), view: sessionViewSchema }),
]);

/** Lists what each route answers. */
export const answers = {
  session: sessionViewSchema,
  signIn: signInAnswer,
  /** Where the tenant's own session is ended; null when there is nothing to end. */
  signOut: z.object({ location: z.nullable(z.string()) }),
  start: sessionViewSchema,
  /** The one answer that holds a full contact: the pending enrollment's or the draft's, for the session that typed it. */
  contact: z.object({ channel: channelSchema, contact: z.nullable(z.string()) }),
  resend: sessionViewSchema,
  confirm: sessionViewSchema,
  cancel: sessionViewSchema,
  /** The one answer that holds a recovery code. A list, because the tenant's field is one. */
  recoveryCode: z.object({ recoveryCodes: z.array(z.string()).check(z.minLength(1)) }),
  acknowledge: sessionViewSchema,
  renewRecoveryCode: sessionViewSchema,
  endOtherSessions: sessionViewSchema,
  remove: sessionViewSchema,
  challenge: sessionViewSchema,
  verify: sessionViewSchema,
} as const satisfies Record<RouteName, z.ZodMiniType>;

/** Describes what a route answers when it does not refuse. */
export type RouteAnswer<Name extends RouteName> = z.infer<(typeof answers)[Name]>;
