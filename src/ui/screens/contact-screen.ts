import type { MessageChannel } from "../../contract/channel.ts";
import type { Problem } from "../../contract/problem.ts";

/** Describes what a contact screen hands up: the channel may differ from the one it was opened with (a landline is called). */
export type GivenContact = { readonly channel: MessageChannel; readonly contact: string };

/** Tells whether a refusal is about the contact itself, so that it stands at the field. */
export function isAboutContact({ code }: Problem): boolean {
  return (
    code === "invalid_phone" || code === "invalid_email" || code === "contact_refused" || code === "already_enrolled"
  );
}

/** Describes what both contact screens (number, address) are given. */
export type ContactScreenProps = {
  readonly channel: MessageChannel;
  /** What was typed before, in full, E.164 for a number; empty where nothing is known. */
  readonly initialContact: string;
  /** ISO 3166 region of the host's hint; undefined leaves the choice to the browser's region. */
  readonly defaultRegion: string | undefined;
  readonly busy: boolean;
  /** The last refusal that concerns this screen. */
  readonly problem: Problem | null;
  /** True when the other phone channel is offered, so that a landline can be called. */
  readonly siblingOffered: boolean;
  readonly onSubmit: (given: GivenContact) => void;
  /** Told what stands in the field when the screen goes, judged or not. */
  readonly onLeave: (typed: string) => void;
  /** Left out where there is no earlier screen. */
  readonly onBack: (() => void) | undefined;
  readonly onCancel: () => void;
};
