import type { ReactNode } from "react";

/** Renders a framed sentence with the way on it offers. It is text, not an alert: the root's live region speaks changes. */
export function Notice({
  children,
  tone = "info",
  action,
}: {
  readonly children: ReactNode;
  readonly tone?: "info" | "warning" | "good";
  readonly action?: ReactNode;
}) {
  return (
    <div className={`mfa-notice mfa-notice-${tone}`}>
      <p>{children}</p>
      {action}
    </div>
  );
}
