import type { Authenticator } from "../contract/authenticator.ts";
import type { Listed } from "./account-record.ts";
import type { Core, SignedInVisit } from "./core.ts";
import type { Sealer } from "./sealing.ts";

/*
 * Turns the tenant's list into what a page may know: confirmed entries only, the two entries of one number as one row, the
 * tenant's ids replaced by handles that mean something to one visit alone.
 */

/** Says what is needed to make a page's list. */
export type ListContext = { sealer: Pick<Sealer, "keyedHash">; visitId: string; verifiedEmail: string | null };

/** Returns what is needed to make the list of a visit. */
export function listContextOf(core: Pick<Core, "sealer">, visit: SignedInVisit): ListContext {
  return { sealer: core.sealer, visitId: visit.session.visitId, verifiedEmail: visit.person.verifiedEmail };
}

/** 22 base64url characters, 132 bits: nobody guesses one. */
const HANDLE_LENGTH = 22;

/** Returns the confirmed authenticators as rows, in the tenant's order. A text and a call entry of one number are one row. */
export function rowsOf(items: Listed[], context: ListContext): (Authenticator & { upstreamIds: string[] })[] {
  const rows = new Map<string, Authenticator & { upstreamIds: string[] }>();
  const automatic = automaticOf(items, context.verifiedEmail);
  for (const item of items) {
    if (!item.active || item.kind === "recovery_code" || item.kind === "other") continue;
    const twin = twinKey(item);
    const known = rows.get(twin);
    if (known) {
      const twins = [...known.channels, item.kind];
      // Text before call, and the ids in the same order.
      const isFirst = item.kind === "sms";
      known.channels = isFirst ? twins.toReversed() : twins;
      known.upstreamIds = isFirst ? [item.id, ...known.upstreamIds] : [...known.upstreamIds, item.id];
      continue;
    }
    rows.set(twin, {
      id: context.sealer.keyedHash("authenticator", context.visitId, twin).slice(0, HANDLE_LENGTH),
      channels: [item.kind],
      contact: item.name && oneMask(item.name),
      automatic: item === automatic,
      addedAt: item.createdAt,
      lastUsedAt: item.lastUsedAt,
      upstreamIds: [item.id],
    });
  }
  return [...rows.values()];
}

/** Four, however much is hidden: the tenant's own masks tell how long a number is, ours do not. */
const HIDDEN = "••••";

/**
 * Returns a contact as the tenant masked it, in the form of our own masks: `XXXXXXXX0142` is `•••• 0142`, with a space that no
 * line breaks at, and `kim@e******` is `kim@e••••`. A device's name stays as it is.
 */
function oneMask(contact: string): string {
  return contact.replace(/^X{2,}(?=\d+$)/, `${HIDDEN}\u00a0`).replace(/\*{2,}/g, HIDDEN);
}

/**
 * Finds the entry that the tenant lists by itself. Another address may have the same mask, and only one of them cannot be
 * removed: the tenant lists it after those that were enrolled.
 */
function automaticOf(items: Listed[], verifiedEmail: string | null): Listed | undefined {
  const mask = verifiedEmail && tenantMask(verifiedEmail).toLowerCase();
  return items.findLast((item) => item.active && item.kind === "email" && item.name?.toLowerCase() === mask);
}

/** Returns the rows as a page gets them. */
export function authenticatorsOf(items: Listed[], context: ListContext): Authenticator[] {
  return rowsOf(items, context).map(({ upstreamIds: _, ...row }) => row);
}

/** Tells whether somebody has a confirmed authenticator beyond email: the tenant then wants a proof before another is added. */
export function isEnrolled(items: Listed[]): boolean {
  return items.some((item) => item.active && item.kind !== "email" && item.kind !== "recovery_code");
}

/** Tells whether somebody has any confirmed authenticator that a code can be sent to or read from. */
export function hasMethod(items: Listed[]): boolean {
  return items.some((item) => item.active && item.kind !== "recovery_code" && item.kind !== "other");
}

/** Returns what the entries of one number have in common: `sms|dev_X` and `voice|dev_X` (Auth0 MFA API). Others stand alone. */
export function twinKey({ id }: Pick<Listed, "id">): string {
  return id.replace(/^(?:sms|voice)\|/, "phone|");
}

/**
 * Masks an address as the tenant does in its list: the first four of the local part (none if it is no longer than that),
 * `****@`, the first four of the domain, seven stars. Only compared, never shown.
 */
function tenantMask(email: string): string {
  const at = email.lastIndexOf("@");
  const local = email.slice(0, at);
  return `${local.length > 4 ? local.slice(0, 4) : ""}****@${email.slice(at + 1).slice(0, 4)}*******`;
}
