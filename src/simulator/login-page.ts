import { challengeable } from "./authenticators.ts";
import { sendTo } from "./challenge-page.ts";
import { checkPassword } from "./password.ts";
import type { Page } from "./page.ts";
import type { Person } from "./people.ts";
import { Refusal } from "./refusal.ts";
import { startSession } from "./sign-in.ts";
import type { Tenant } from "./tenant.ts";
import { nextStep, type Visit } from "./visit.ts";

/** Describes the page that asks for address and password. */
export function loginPage({ settings }: Tenant, visit: Visit): Page {
  return {
    title: `Sign in to ${settings.brand}`,
    form: {
      path: "/u/login",
      visit: visit.id,
      fields: [
        {
          name: "username",
          label: "Email address",
          type: "email",
          autocomplete: "username",
          value: visit.request.loginHint,
        },
        { name: "password", label: "Password", type: "password", autocomplete: "current-password" },
      ],
      buttons: [
        { action: "continue", label: "Continue" },
        { action: "cancel", label: "Cancel", quiet: true },
      ],
    },
  };
}

/** Takes the password. A person with exactly one way to prove themselves is sent a code at once. */
export async function onLogin(
  tenant: Tenant,
  visit: Visit,
  form: URLSearchParams,
): Promise<string | Readonly<Record<string, string>>> {
  const username = form.get("username") ?? "";
  const password = form.get("password") ?? "";
  try {
    const person = checkPassword(tenant, { username, password, address: "page" });
    const { session, cookie } = startSession(tenant, person.subject);
    visit.session = session;
    if (nextStep(tenant, visit) === "mfa") {
      const [first, ...others] = challengeable(tenant, person);
      // Text and call of one number are one way; the text goes first.
      const single = others.every((other) => other.group === first?.group);
      if (first !== undefined && first.kind !== "totp" && single) await sendQuietly(tenant, visit, person, first.id);
    }
    return { "set-cookie": cookie };
  } catch (reason) {
    if (!(reason instanceof Refusal)) throw reason;
    return reason.description;
  }
}

/** The password was right whatever becomes of the message; the next page says what can be done. */
async function sendQuietly(tenant: Tenant, visit: Visit, person: Person, id: string): Promise<void> {
  try {
    await sendTo(tenant, visit, person, id);
  } catch (reason) {
    if (!(reason instanceof Refusal)) throw reason;
  }
}
