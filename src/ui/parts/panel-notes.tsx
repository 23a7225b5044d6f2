import type { SessionView } from "../../contract/session-view.ts";
import type { Commands } from "../commands.ts";
import { useMessages } from "../messages/messages.ts";
import { Button } from "./button.tsx";
import { useIsAlive } from "./clock.ts";
import { Notice } from "./notice.tsx";

/** Describes the notes of the panel: they say how true the list is and what was left open. */
export type PanelNotesProps = { readonly view: SessionView; readonly commands: Commands; readonly busy: boolean };

/** Renders the instant of what is known, and how to know better where that needs a proof, or another try. */
export function AsOf({ view, commands, busy, readAgain }: PanelNotesProps & { readonly readAgain: () => void }) {
  const { t, time } = useMessages();
  const isAlive = useIsAlive();
  const { authenticators, can } = view;
  const isStale = can.list === "after_proof";
  const prove = isStale ? (
    <Button busy={busy} onPress={() => commands.prove({ to: "list" })}>
      {t("panel.prove")}
    </Button>
  ) : null;
  if (authenticators === null) {
    return (
      <Notice action={prove ?? <Button onPress={readAgain}>{t("try_again")}</Button>}>
        {t(isStale ? "panel.unknown" : "refused.text")}
      </Notice>
    );
  }
  // Until the person's own time zone is known it takes its room, unseen, so that nothing moves when it is.
  const at = { time: isAlive ? time(authenticators.knownAt) : "00:00" };
  return isStale ? (
    <Notice action={prove}>
      <span className={isAlive ? undefined : "mfa-unseen"}>{t("panel.as_of.stale", at)}</span>
    </Notice>
  ) : (
    <p className={isAlive ? "mfa-hint" : "mfa-hint mfa-unseen"}>{t("panel.as_of", at)}</p>
  );
}

/** Renders what was left open: an enrollment half done, and a recovery code that nobody has saved yet. */
export function LeftOpen({ view, commands, busy }: PanelNotesProps) {
  const { t } = useMessages();
  const { flow } = view;
  if (flow.step === "code") {
    const { enrollment } = flow;
    const contact = "contact" in enrollment ? enrollment.contact : t(`channel.${enrollment.channel}`);
    return (
      <Notice
        action={
          <Button busy={busy} onPress={commands.takeUp}>
            {t("panel.resume.submit")}
          </Button>
        }
      >
        {t("panel.resume", { contact })}
      </Notice>
    );
  }
  return null;
}

/** Renders the state of the recovery code, as far as it is known. */
export function RecoveryCodeState({ view, commands, busy }: PanelNotesProps) {
  const { t } = useMessages();
  const { flow, authenticators, lostCode } = view;
  const open = flow.step === "recovery_code" ? flow : lostCode ? ({ state: "lost", ...lostCode } as const) : null;
  const isLost = open?.state === "lost";
  const isStuck = isLost && !open.canRenew;
  const has = authenticators?.items.some(({ automatic }) => !automatic) === true;
  return (
    <div className="mfa-recovery-state">
      <p className="mfa-method-name">{t("panel.recovery")}</p>
      {open === null ? (
        <p className="mfa-hint">{t(has ? "panel.recovery.shown" : "panel.recovery.none")}</p>
      ) : (
        <Notice
          tone="warning"
          action={
            isStuck ? null : (
              <Button busy={busy} onPress={commands.takeUp}>
                {t(isLost ? "panel.recovery.renew" : "panel.recovery.show")}
              </Button>
            )
          }
        >
          {t(isStuck ? "panel.recovery.stuck" : `panel.recovery.${open.state}`)}
        </Notice>
      )}
    </div>
  );
}
