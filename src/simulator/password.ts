import type { Person } from "./people.ts";
import { Refusal } from "./refusal.ts";
import { secondsUntil } from "./sending.ts";
import type { Tenant } from "./tenant.ts";
import { sameText } from "./totp.ts";

/**
 * Checks a password, for grants and for the sign-in page alike.
 * @throws {Refusal} when it is wrong, when too many were wrong from this address, or when the person is refused.
 */
export function checkPassword(
  tenant: Tenant,
  { username, password, address }: { username: string; password: string; address: string },
): Person {
  const { settings, limits, ledger } = tenant;
  const person = tenant.people.find(username);
  const key = `badPasswords ${username.toLowerCase()} ${address}`;
  const reading = limits.look(key, settings.limits.badPasswords);
  if (!reading.ok) {
    throw new Refusal(429, "too_many_attempts", "Blocked after too many wrong passwords. Try again later.", {
      retryAfterSeconds: secondsUntil(tenant, reading),
    });
  }
  if (person === undefined || !sameText(person.password, password)) {
    limits.take(key, settings.limits.badPasswords);
    if (person !== undefined) ledger.write({ type: "signInRefused", person: person.subject });
    throw new Refusal(403, "invalid_grant", "Wrong email or password.");
  }
  if (person.refusal !== null) {
    ledger.write({ type: "signInRefused", person: person.subject });
    throw new Refusal(person.refusal.status, person.refusal.error, person.refusal.description);
  }
  return person;
}
