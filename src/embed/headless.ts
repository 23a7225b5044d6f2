import type { Enrollment } from "../ui/enrollment.ts";
import { type News, tellHost } from "../ui/news.ts";
import { useEnrollment as useController } from "../ui/use-enrollment.ts";
import { type ServiceOptions, useParts } from "./use-parts.ts";

/*
 * What `mfa-enroll/headless` is: where the person is and what they can do, for hosts that draw their own screens. It has no markup, no
 * styles and no language.
 */

export type { Authenticator } from "../contract/authenticator.ts";
export type { Channel, MessageChannel } from "../contract/channel.ts";
export type { Problem } from "../contract/problem.ts";
export type { SessionView } from "../contract/session-view.ts";
export type { Commands } from "../ui/commands.ts";
export type { Enrollment } from "../ui/enrollment.ts";
export type { News } from "../ui/news.ts";

/** Describes where the person is: one variant a step, with what is known there. */
export type WizardState = Enrollment["state"];

/** Names where the person can be. */
export type Step = WizardState["step"];

/** Describes what is known at one step. */
export type StateOf<Name extends Step> = Extract<WizardState, { step: Name }>;

/** Describes the options of `useEnrollment`. All have defaults; a page that serves the BFF itself needs none. */
export type EnrollmentOptions = News &
  ServiceOptions & {
    /** Whether adding a method starts by itself, as on a page of its own; otherwise it rests at `closed`, which is the default. */
    readonly opens?: boolean | undefined;
  };

/** Runs one wizard without drawing it. To render reads the session at most; only a command sends anything. */
export function useEnrollment(options: EnrollmentOptions = {}): Enrollment {
  const parts = useParts(options, options.opens ?? false);
  return useController({ ...parts, onChange: (change) => tellHost(options, change) });
}
