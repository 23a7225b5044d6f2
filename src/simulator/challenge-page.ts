import type { Authenticator } from "./authenticator.ts";
import { challengeable } from "./authenticators.ts";
import { startChallenge } from "./challenge.ts";
import { maskEmail, maskPhone } from "./masks.ts";
import type { Button, Field, Page } from "./page.ts";
import type { Person } from "./people.ts";
import { Refusal } from "./refusal.ts";
import type { Tenant } from "./tenant.ts";
import { verifyOob, verifyOtp, verifyRecoveryCode } from "./verifying.ts";
import { type Visit, visitor } from "./visit.ts";

const CODE_FIELD: Field = { name: "code", label: "Code", type: "text", autocomplete: "one-time-code" };

/** Describes the page of the second factor: what was sent where, the code field, and every other way. */
export function challengePage(tenant: Tenant, visit: Visit): Page {
  const person = visitor(tenant, visit);
  const entries = person === undefined ? [] : challengeable(tenant, person);
  const sent = entries.find((entry) => entry.id === visit.oob?.authenticatorId);
  const app = entries.some((entry) => entry.kind === "totp");
  const sends = entries
    .filter((entry) => entry.kind !== "totp")
    .map((entry): Button => ({ action: `send ${entry.id}`, label: sendLabel(entry, entry === sent), quiet: true }));
  const recovery: readonly Button[] =
    person?.recoveryCode?.active === true
      ? [{ action: "recovery", label: "Use the recovery code I typed", quiet: true }]
      : [];
  const push = sent?.kind === "push";
  return {
    title: "Confirm that it is you",
    sentences: [sentence(sent, app), ...(recovery.length > 0 ? ["A recovery code goes into the same field."] : [])],
    form: {
      path: "/u/mfa",
      visit: visit.id,
      // A keypad of digits would keep a person from typing a recovery code.
      fields: push ? [] : [{ ...CODE_FIELD, numeric: recovery.length === 0 }],
      buttons: [
        { action: "verify", label: "Continue" },
        ...sends,
        ...recovery,
        { action: "cancel", label: "Cancel", quiet: true },
      ],
    },
  };
}

/** Takes a code, a recovery code, or the wish to be sent one. */
export async function onChallenge(
  tenant: Tenant,
  visit: Visit,
  form: URLSearchParams,
): Promise<string | Readonly<Record<string, string>>> {
  const person = visitor(tenant, visit);
  if (person === undefined) return {};
  const action = form.get("action") ?? "verify";
  const typed = form.get("code") ?? "";
  try {
    if (action.startsWith("send ")) {
      await sendTo(tenant, visit, person, action.slice("send ".length));
      return {};
    }
    if (action === "recovery") {
      const next = verifyRecoveryCode(tenant, person, typed.replaceAll(/[\s-]/g, "").toUpperCase());
      visit.recoveryCode = next === "" ? null : next;
    } else if (visit.oob !== null) {
      verifyOob(tenant, person, visit.oob, typed.replaceAll(/\s/g, ""));
    } else {
      verifyOtp(tenant, person, typed.replaceAll(/\s/g, ""), { startedBy: visit.id, only: false });
    }
    visit.mfaPassed = true;
    return {};
  } catch (reason) {
    if (!(reason instanceof Refusal)) throw reason;
    return sentenceFor(reason);
  }
}

/** Sends a code for a visit to one of the person's authenticators. */
export async function sendTo(tenant: Tenant, visit: Visit, person: Person, id: string): Promise<void> {
  const entry = challengeable(tenant, person).find((candidate) => candidate.id === id && candidate.kind !== "totp");
  if (entry === undefined) throw new Refusal(400, "access_denied", "That method is not there any more.");
  visit.oob = await startChallenge(tenant, person, entry, visit.id);
}

/** Says in plain words why a code did not count. */
export function sentenceFor({ error, description }: Refusal): string {
  if (error === "invalid_grant") return "That code is wrong. Try again.";
  if (error === "expired_token") return "That code is too old. Ask for another one.";
  if (error === "authorization_pending") return "Nobody has approved yet.";
  return description;
}

function sentence(sent: Authenticator | undefined, app: boolean): string {
  if (sent?.kind === "push") return "Approve the notification in your Guardian app, then continue.";
  if (sent !== undefined) return `A code is on its way to ${masked(sent)}.`;
  return app ? "Type the code your authenticator app shows." : "Choose how you get a code.";
}

function sendLabel(entry: Authenticator, again: boolean): string {
  if (entry.kind === "push") return again ? "Notify my app again" : "Notify my app";
  const way = { sms: "Text", voice: "Call", email: "Email", totp: "" }[entry.kind];
  return `${way} a${again ? "nother" : ""} code to ${masked(entry)}`;
}

function masked({ kind, contact }: Authenticator): string {
  return kind === "email" ? maskEmail(contact) : maskPhone(contact);
}
