import type { QueryClient } from "@tanstack/react-query";
import type { SessionView } from "../contract/session-view.ts";
import type { Enrollment } from "../ui/enrollment.ts";
import { EnrollmentRoot } from "../ui/enrollment-root.tsx";
import { EnrollmentWizard, type WizardHints } from "../ui/enrollment-wizard.tsx";
import type { Catalogue } from "../ui/messages/messages.ts";
import type { News } from "../ui/news.ts";
import { SettingsPanel } from "../ui/settings-panel.tsx";
import { useParts } from "./use-parts.ts";

/*
 * This room hands the wizard out. It gives the parts below it what a browser has (fetch, clock, random, location) and must
 * never know what the server or the tenant does.
 */

/** Describes the options of both components. All have defaults; a page that serves the BFF itself needs none. */
export type MfaOptions = News & {
  /** Where the BFF is mounted; `/api/mfa` by default. */
  readonly baseUrl?: string | undefined;
  /** BCP 47 locale of sentences, dates and numbers; `en` by default. */
  readonly locale?: string | undefined;
  /** Sentences of the catalogue in the host's own words. Keep the object: a new one at each render builds the voice anew. */
  readonly overrides?: Partial<Catalogue> | undefined;
  /** ISO 3166 region the number field starts with; the browser's region by default. */
  readonly defaultRegion?: string | undefined;
  /** Address the email field starts with; empty by default. */
  readonly defaultEmail?: string | undefined;
  /** Name of the site on the saved recovery code. */
  readonly siteName?: string | undefined;
  /** Name of the account on it; by default the masked name of who is signed in, where that says anything. */
  readonly accountName?: string | undefined;
  /** Whether the recovery code is hidden when the page goes out of sight, until the person wants to see it; true by default. */
  readonly hidesRecoveryCode?: boolean | undefined;
  /** Whether people type the end of their recovery code before it is gone for good, to show that they have it; false by default. */
  readonly asksRecoveryCodeBack?: boolean | undefined;
  /** Leaves the page for the tenant's sign-in; `location.assign` by default. */
  readonly navigate?: ((location: string) => void) | undefined;
  /** Loads the page anew, where the person asks for it because it is out of date; `location.reload` by default. */
  readonly reload?: (() => void) | undefined;
  /** Path to come back to after signing in; the current path and query by default. `MFA_RETURN_TO` must list the path. */
  readonly returnTo?: string | undefined;
  /** Carries each request to the BFF; the browser's `fetch` by default. */
  readonly fetch?: ((url: string, init: RequestInit) => Promise<Response>) | undefined;
  /** Epoch ms; the browser's clock by default. Only differences to the server's clock are used. */
  readonly now?: (() => number) | undefined;
  /** The host's own React Query client; each root brings one of its own by default. */
  readonly queryClient?: QueryClient | undefined;
  /** The session as the server has already read it; the first render then asks for nothing. */
  readonly initialView?: SessionView | undefined;
  /** What the device can do with a recovery code; the browser's copy, download, print and share by default. */
  readonly devices?: WizardHints["devices"];
};

/** Renders the settings panel "Sign-in methods", with the wizard opening in its place. */
export function MfaSettings(options: MfaOptions) {
  return (
    <Embedded options={options} opens={false}>
      {(enrollment, hints) => <SettingsPanel enrollment={enrollment} hints={hints} />}
    </Embedded>
  );
}

/** Renders the wizard alone, for a page whose one purpose is to add a method. */
export function MfaEnrollment(options: MfaOptions) {
  return (
    <Embedded options={options} opens>
      {(enrollment, hints) => <EnrollmentWizard enrollment={enrollment} hints={hints} />}
    </Embedded>
  );
}

function Embedded(props: {
  readonly options: MfaOptions;
  readonly opens: boolean;
  readonly children: (enrollment: Enrollment, hints: WizardHints) => React.ReactNode;
}) {
  const { options, opens, children } = props;
  const parts = useParts(options, opens);
  return (
    <EnrollmentRoot parts={parts} locale={options.locale ?? "en"} overrides={options.overrides} news={options}>
      {(enrollment) => children(enrollment, options)}
    </EnrollmentRoot>
  );
}
