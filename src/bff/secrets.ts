import * as z from "zod/mini";
import { FLOW_MS } from "./budget.ts";
import type { Core } from "./core.ts";
import { newId } from "./sealing.ts";
import { untilKept } from "./until-kept.ts";

/*
 * Keeps what must be gone at its hour even if nobody looks: a typed contact, a recovery code. Each is a record of its own, so
 * that the store ends it by itself, while counts and states that refer to it live on.
 */

/** Parses a secret with the end that the store gives it. */
export const secretSchema = z.object({ values: z.array(z.string()), ttlSeconds: z.number() });

/** Describes a secret with the end that the store gives it. */
export type Secret = z.infer<typeof secretSchema>;

/**
 * Keeps the contact of an enrollment under its id. As long as a visit may idle: that is how long somebody whose credential ended
 * can give a new proof and find what they typed.
 */
export async function keepContact(core: Core, enrollmentId: string, contact: string): Promise<void> {
  // As long as the message that was sent to it may be confirmed or followed by another, however soon a visit ends without an action.
  const record = { values: [contact], ttlSeconds: Math.max(core.settings.idleSeconds, FLOW_MS / 1000) };
  await core.secrets.update(enrollmentId, () => ({ record, result: null }), { isNew: true });
}

/** Returns the contact of an enrollment, or null when it has ended. */
export async function readContact(core: Core, enrollmentId: string): Promise<string | null> {
  return (await core.secrets.read(enrollmentId))?.values[0] ?? null;
}

/** Keeps recovery codes for as long as the settings say and returns the id of the secret. A store that fails is waited for: they come once. */
export async function keepCodes(core: Core, codes: string[]): Promise<string> {
  const id = newId();
  const record = { values: codes, ttlSeconds: core.settings.recoveryHoldSeconds };
  await untilKept(core.clock, () => core.secrets.update(id, () => ({ record, result: null }), { isNew: true }));
  return id;
}
