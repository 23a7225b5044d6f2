import { StrictMode } from "react";
import type { SessionView } from "../contract/session-view.ts";
import { MfaEnrollment, MfaSettings } from "../embed/react.tsx";

/*
 * What the account-settings page of a made-up company embeds, as an integrator would write it: one component. The server draws it
 * first and the browser takes it over, so both draw it from here.
 */

/** Where the page is that has no purpose but to add a method. */
export const ENROLL_PATH = "/enroll";

/** Describes the guest of a page: the page's path and language, and the session where a server has read it. */
export type GuestProps = {
  readonly path: string;
  readonly locale: string;
  readonly initialView?: SessionView | undefined;
};

/** Renders what stands at a path of the page. */
export function Guest({ path, locale, initialView }: GuestProps) {
  const Part = path === ENROLL_PATH ? MfaEnrollment : MfaSettings;
  return (
    <StrictMode>
      <Part siteName="Larkmoor Savings" locale={locale} initialView={initialView} />
    </StrictMode>
  );
}
