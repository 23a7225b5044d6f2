import { QueryClient } from "@tanstack/react-query";
import { flushSync } from "react-dom";
import { createRoot } from "react-dom/client";
import { createEnrollmentClient } from "../../src/client/enrollment-client.ts";
import { EnrollmentRoot } from "../../src/ui/enrollment-root.tsx";
import { EnrollmentWizard } from "../../src/ui/enrollment-wizard.tsx";
import type { Catalogue } from "../../src/ui/messages/messages.ts";
import { loadLocale } from "../../src/ui/messages/use-translation.ts";
import type { RecoveryDevices } from "../../src/ui/recovery-devices.ts";
import { SettingsPanel } from "../../src/ui/settings-panel.tsx";
import "../../src/ui/later.css";
import { sampleView } from "../../src/wizard/sample-views.ts";
import { pseudoCatalogue } from "./pseudo-locale.ts";
import { NOW, pending, type Sample } from "./sample.ts";
import { SAMPLES } from "./samples.ts";

/*
 * Shows one sample at a time in the account page, in the place and the clothes of the real panel. What is pressed reaches
 * the real commands, which ask a service that never answers.
 */

const newKey = () => "key";
const navigate = () => {};
const reload = () => {};
const returnTo = () => "/";
const client = createEnrollmentClient({ fetch: () => new Promise(() => {}), baseUrl: "/nowhere", newKey });
const devicesThat = (work: boolean): RecoveryDevices => ({
  copy: () => Promise.resolve(work),
  download: () => work,
  print: () => work,
  share: () => Promise.resolve(work),
});
const WILLING = devicesThat(true);
const DENYING = devicesThat(false);
const queryClient = new QueryClient();
/** `?locale=de` speaks German; `?pseudo` replaces every sentence by one that no English slips through. */
const asked = new URLSearchParams(location.search);
const locale = asked.get("locale") ?? "en";
const overrides: Partial<Catalogue> = Object.assign({}, asked.has("pseudo") ? pseudoCatalogue() : {});

function Failing(): never {
  throw new Error("A part of the program fails, as this sample wants it.");
}

function Shown({ sample }: { readonly sample: Sample }) {
  const { state, busy = false, failure = null, unread = null, later = 0, denies, fails, alone, asksBack } = sample;
  const view = sample.view === undefined ? sampleView() : sample.view;
  const Part = fails ? Failing : alone ? EnrollmentWizard : SettingsPanel;
  const parts = {
    client,
    queryClient,
    service: "/nowhere",
    instance: "sample",
    now: () => NOW + later * 1000,
    newKey,
    navigate,
    reload,
    returnTo,
    opens: false,
  };
  return (
    // What has failed stays so until somebody tries again, hence a root of its own.
    <EnrollmentRoot key={String(fails)} parts={parts} locale={locale} overrides={overrides} news={{}}>
      {(enrollment) => (
        <Part
          enrollment={{ ...enrollment, state, view, busy, failure, unread }}
          hints={{
            siteName: "Larkmoor Savings",
            defaultRegion: "US",
            devices: denies ? DENYING : WILLING,
            asksRecoveryCodeBack: asksBack,
          }}
        />
      )}
    </EnrollmentRoot>
  );
}

const place = document.getElementById("sign-in-methods");
if (place === null) throw new Error("The account page has no place for the panel.");
// Presses are the samples' from the beginning; no server has drawn anything that is taken over.
place.dataset["alive"] = "";
// What fails on purpose is no complaint of the page.
const root = createRoot(place, { onCaughtError: () => {} });
const BETWEEN: Sample = { state: { step: "awaitingOutcome", ...pending } };

await loadLocale(locale);

Reflect.set(globalThis, "showSample", (name: string) => {
  const sample = SAMPLES.get(name);
  if (sample === undefined) throw new Error(`There is no sample "${name}".`);
  // By way of another screen, so that nothing typed or pressed on the last sample is left.
  flushSync(() => root.render(<Shown sample={BETWEEN} />));
  flushSync(() => root.render(<Shown sample={sample} />));
});
