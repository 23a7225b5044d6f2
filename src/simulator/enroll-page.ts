import { sentenceFor } from "./challenge-page.ts";
import { startEnrollment } from "./enrolling.ts";
import type { Button, Page } from "./page.ts";
import { Refusal } from "./refusal.ts";
import type { Tenant } from "./tenant.ts";
import { verifyOob } from "./verifying.ts";
import { type Visit, visitor } from "./visit.ts";

const CANCEL: Button = { action: "cancel", label: "Cancel", quiet: true };

/** Describes the page on which the tenant itself enrolls a phone: first the number, then the code. */
export function enrollPage(visit: Visit): Page {
  const form = { path: "/u/enroll", visit: visit.id };
  if (visit.oob === null) {
    return {
      title: "Add your phone",
      sentences: ["Your organisation asks for a second way to sign in. We text you a code."],
      form: {
        ...form,
        fields: [{ name: "phone", label: "Phone number, with + and country code", type: "tel", autocomplete: "tel" }],
        buttons: [{ action: "number", label: "Send the code" }, CANCEL],
      },
    };
  }
  return {
    title: "Enter the code",
    sentences: ["A code is on its way to your phone."],
    form: {
      ...form,
      fields: [{ name: "code", label: "Code", type: "text", autocomplete: "one-time-code", numeric: true }],
      buttons: [
        { action: "verify", label: "Continue" },
        { action: "back", label: "Use another number", quiet: true },
        CANCEL,
      ],
    },
  };
}

/** Takes the number, then the code. The person's first recovery code is shown on the page that follows. */
export async function onEnroll(
  tenant: Tenant,
  visit: Visit,
  form: URLSearchParams,
): Promise<string | Readonly<Record<string, string>>> {
  const person = visitor(tenant, visit);
  if (person === undefined) return {};
  try {
    if (form.get("action") === "back") {
      visit.oob = null;
    } else if (visit.oob === null) {
      const contact = (form.get("phone") ?? "").replaceAll(/[\s().-]/g, "");
      const started = await startEnrollment(tenant, { person, kind: "sms", contact, startedBy: visit.id });
      visit.oob = started.oob;
      visit.heldRecoveryCode ??= started.recoveryCode;
    } else {
      verifyOob(tenant, person, visit.oob, (form.get("code") ?? "").replaceAll(/\s/g, ""));
      visit.mfaPassed = true;
      visit.recoveryCode = visit.heldRecoveryCode;
    }
    return {};
  } catch (reason) {
    if (!(reason instanceof Refusal)) throw reason;
    return sentenceFor(reason);
  }
}
