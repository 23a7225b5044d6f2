import { maskEmail } from "../contract/email.ts";
import { maskPhone } from "../contract/phone.ts";
import type { SessionView } from "../contract/session-view.ts";
import type { Person } from "./person.ts";

/** Looks at every answer somebody gets, and notes what is not theirs. */
export type Witness = {
  see(view: SessionView): void;
  seeContact(contact: string | null): void;
  foreign: string[];
};

/** Creates the witness of one person. `owners` is of the whole run: an id that two people are known by is somebody else's for one. */
export function createWitness(owners: Map<string, number>, person: Person): Witness {
  const foreign: string[] = [];
  const names = [person.shownAs, maskEmail(person.email)];
  /** What the tenant leaves readable of a contact: four digits at its end, or four letters at its beginning. */
  const isTheirs = (shown: string) =>
    person.channel === "email"
      ? shown.startsWith(person.contact.slice(0, 4))
      : shown.endsWith(person.contact.slice(-4));
  const masked = person.channel === "email" ? maskEmail(person.contact) : maskPhone(person.contact);
  const note = (what: string, shown: string) =>
    foreign.push(`${person.email} was shown somebody else's ${what}: ${shown}.`);
  return {
    foreign,
    see({ person: shown, flow, authenticators }) {
      if (!shown) return;
      const owner = owners.get(shown.id) ?? person.id;
      owners.set(shown.id, owner);
      if (owner !== person.id) note("id", shown.id);
      if (!names.includes(shown.name)) note("name", shown.name);
      if (flow.step === "code" && "contact" in flow.enrollment && flow.enrollment.contact !== masked)
        note("contact", flow.enrollment.contact);
      for (const { contact } of authenticators?.items ?? [])
        if (contact !== null && !isTheirs(contact)) note("method", contact);
    },
    seeContact(contact) {
      if (contact !== null && contact !== person.contact) note("full contact", contact);
    },
  };
}
