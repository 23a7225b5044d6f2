import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { Change, Enrollment, EnrollmentParts } from "./enrollment.ts";
import { adoptLater } from "./look.ts";
import { en } from "./messages/en.ts";
import { type Catalogue, createMessages, type Messages, MessagesProvider } from "./messages/messages.ts";
import { useTranslation } from "./messages/use-translation.ts";
import { type News, tellHost } from "./news.ts";
import { Boundary } from "./parts/boundary.tsx";
import { AliveProvider, ClockProvider } from "./parts/clock.ts";
import { DressProvider } from "./parts/dress.ts";
import { EntranceProvider } from "./parts/entrance.ts";
import { isFocusFree } from "./parts/focus-home.ts";
import { LiveRegion, SayProvider, useSaid } from "./parts/saying.tsx";
import { useEnrollment } from "./use-enrollment.ts";

/** Describes one root: what the controller needs, the language, and what the host listens to. */
export type EnrollmentRootProps = {
  readonly parts: Omit<EnrollmentParts, "onChange">;
  /** BCP 47. A language without a catalogue is spoken to in English. */
  readonly locale: string;
  /** Sentences the host says in its own words. */
  readonly overrides?: Partial<Catalogue> | undefined;
  readonly news: News;
  readonly children: (enrollment: Enrollment) => ReactNode;
};

/** Speaks a change. The words come with the later screens; where they cannot be fetched, the screen has them all the same. */
async function announce(
  change: Change,
  messages: Messages,
  say: (text: string) => void,
  headingIsHeard: boolean,
): Promise<void> {
  if (change.before.step === "waiting") return;
  const words = await import("./announcement.ts").catch(() => null);
  const spoken = words?.announcementOf(change, messages, headingIsHeard) ?? null;
  if (spoken !== null) say(spoken);
}

/** A reading is nobody's action: on arrival, on return to the tab, or while an unclear answer is waited for. */
const READINGS: ReadonlySet<string> = new Set(["viewArrived", "contactRecalled", "recoveryCodeArrived"]);

/**
 * Renders the one element that styles, language, live region and focus rules hang on. Nothing outside of it is touched,
 * and two of them on one page know nothing of each other.
 */
export function EnrollmentRoot({ parts, locale, overrides, news, children }: EnrollmentRootProps) {
  const translation = useTranslation(locale);
  const messages = useMemo(() => translation && createMessages(en, translation, overrides), [translation, overrides]);
  const root = useRef<HTMLDivElement>(null);
  const hasActed = useRef(false);
  const [said, say] = useSaid();
  const entered = useCallback(() => hasActed.current && root.current !== null && isFocusFree(root.current), []);
  // In a microtask, because a part below is there before the root is, and nothing is painted until then.
  const dress = useCallback(
    () => queueMicrotask(() => root.current !== null && adoptLater(root.current.getRootNode())),
    [],
  );
  const onChange = (change: Change) => {
    if (!READINGS.has(change.event.type)) hasActed.current = true;
    // What was said on the last screen is no news on this one.
    if (change.after.step !== change.before.step) say("");
    if (messages !== null) void announce(change, messages, say, entered());
    tellHost(news, change);
  };
  const enrollment = useEnrollment({ ...parts, onChange });
  const [isAlive, setIsAlive] = useState(false);
  useEffect(() => setIsAlive(true), []);
  // Who is there is asked for while the language is still on its way.
  if (messages === null)
    return (
      <div className="mfa-enroll">
        <div className="mfa-loading" />
      </div>
    );
  return (
    <MessagesProvider value={messages}>
      <SayProvider value={say}>
        <ClockProvider value={enrollment.serverNow}>
          <AliveProvider value={isAlive}>
            <EntranceProvider value={entered}>
              <DressProvider value={dress}>
                <div ref={root} className="mfa-enroll" lang={messages.locale} dir={messages.direction}>
                  <div className="mfa-column">
                    <Boundary onTryAgain={enrollment.readAgain}>{children(enrollment)}</Boundary>
                  </div>
                  <LiveRegion {...said} />
                </div>
              </DressProvider>
            </EntranceProvider>
          </AliveProvider>
        </ClockProvider>
      </SayProvider>
    </MessagesProvider>
  );
}
