import { useId } from "react";
import type { Enrollment } from "./enrollment.ts";
import { EnrollmentWizard, type WizardHints } from "./enrollment-wizard.tsx";
import { Later, LaterBeside, usePreload } from "./later.tsx";
import { useMessages } from "./messages/messages.ts";
import { Button } from "./parts/button.tsx";
import { FailureNotice } from "./parts/failure-notice.tsx";
import { MethodRow } from "./parts/method-row.tsx";
import { AsOf, LeftOpen, RecoveryCodeState } from "./parts/panel-notes.tsx";
import { ScreenHeading } from "./parts/screen-heading.tsx";

/** Describes the panel: the controller and the host's hints. */
export type SettingsPanelProps = { readonly enrollment: Enrollment; readonly hints: WizardHints };

/**
 * Renders "Sign-in methods": what is confirmed, and what can be done about it. The wizard opens in its place and gives it
 * back; removing asks in the row itself.
 */
export function SettingsPanel({ enrollment, hints }: SettingsPanelProps) {
  const { state, view } = enrollment;
  const isResting = state.step === "closed" || state.step === "confirmingRemoval";
  if (view === null || !isResting) return <EnrollmentWizard enrollment={enrollment} hints={hints} />;
  return <Methods enrollment={enrollment} hints={hints} />;
}

function Methods({ enrollment, hints }: SettingsPanelProps) {
  const { t } = useMessages();
  const id = useId();
  const { state, view, commands, busy, failure, retry } = enrollment;
  usePreload(state.step);
  if (view === null) return null;
  const items = view.authenticators?.items ?? [];
  const notes = { view, commands, busy };
  return (
    <section className="mfa-panel" aria-labelledby={`${id}heading`}>
      {/* A new key when the question before a removal closes, so that the heading takes the focus the row had. */}
      <ScreenHeading key={state.step} id={`${id}heading`} takesFocus={state.step === "closed"}>
        {t("panel.heading")}
      </ScreenHeading>
      <p>{t(view.authenticators !== null && items.length === 0 ? "panel.empty" : "panel.text")}</p>
      {failure === null ? null : <FailureNotice why={failure} busy={busy} onTryAgain={retry} />}
      {state.step === "closed" && (state.others !== undefined || view.noticesDelayed) ? (
        <LaterBeside enrollment={enrollment} hints={hints} />
      ) : null}
      <LeftOpen {...notes} />
      {items.length === 0 ? null : (
        // oxlint-disable-next-line jsx-a11y/no-redundant-roles -- WebKit takes a list without markers for none unless told.
        <ul role="list" className="mfa-methods" aria-label={t("panel.list")}>
          {items.map((authenticator) => (
            <li key={authenticator.id} className="mfa-method">
              {state.step === "confirmingRemoval" && state.authenticator.id === authenticator.id ? (
                <Later enrollment={enrollment} hints={hints} />
              ) : (
                <MethodRow authenticator={authenticator} can={view.can} offered={view.channels} {...notes} />
              )}
            </li>
          ))}
        </ul>
      )}
      <AsOf {...notes} readAgain={enrollment.readAgain} />
      {view.can.add === "no" ? null : (
        <div className="mfa-actions">
          <Button look="primary" busy={busy} onPress={commands.openChannels}>
            {t("panel.add")}
          </Button>
          {view.can.add === "after_proof" ? <p className="mfa-hint">{t("panel.proof_note")}</p> : null}
        </div>
      )}
      <RecoveryCodeState {...notes} />
    </section>
  );
}
