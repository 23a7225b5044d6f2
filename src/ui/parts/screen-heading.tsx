import { createContext, type ReactNode, useContext, useEffect, useId, useRef } from "react";
import type { Progress } from "../../wizard/progress.ts";
import { useMessages } from "../messages/messages.ts";
import { useEntrance } from "./entrance.ts";

const ProgressContext = createContext<Progress | null>(null);

/** Tells the heading of the screen below which step this is; null where it is none. */
export const ProgressProvider = ProgressContext.Provider;

/** Describes the heading of a screen. */
export type ScreenHeadingProps = {
  readonly children: ReactNode;
  readonly id?: string;
  /** False on the code screens, where the field takes the focus and the heading describes it. */
  readonly takesFocus?: boolean;
};

/**
 * Renders the heading of a screen, with "Step 2 of 4" above it, and spoken after it, where the screen is a step. It takes the focus when the
 * person's own action led here, and never when the screen was there on arrival: a guest does not take its host's focus.
 */
export function ScreenHeading({ children, id, takesFocus = true }: ScreenHeadingProps) {
  const { t } = useMessages();
  const progress = useContext(ProgressContext);
  const heading = useRef<HTMLHeadingElement>(null);
  const entered = useEntrance();
  const stepId = useId();
  useEffect(() => {
    if (takesFocus && entered()) heading.current?.focus();
  }, [takesFocus, entered]);
  return (
    <div className="mfa-head">
      {progress === null ? null : (
        <p id={stepId} className="mfa-progress">
          {t("progress", progress)}
        </p>
      )}
      <h2
        ref={heading}
        id={id}
        className="mfa-heading"
        tabIndex={-1}
        aria-describedby={progress === null ? undefined : stepId}
      >
        {children}
      </h2>
    </div>
  );
}
