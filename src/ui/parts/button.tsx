import type { ReactNode } from "react";

/** Describes a button of the wizard. */
export type ButtonProps = {
  readonly children: ReactNode;
  /** `primary` is the one action of a screen, `quiet` a way on that looks like a link, `danger` removes something. */
  readonly look?: "primary" | "secondary" | "quiet" | "danger";
  readonly type?: "button" | "submit";
  /** True while the person's last action is on its way: the button stays focusable and reacts to nothing. */
  readonly busy?: boolean;
  readonly onPress?: () => void;
  readonly label?: string;
  readonly describedBy?: string;
};

/**
 * Renders a button of at least 44 px. While busy it is `aria-disabled` instead of `disabled`, because a disabled element
 * would drop the focus of a keyboard or screen-reader user.
 */
export function Button({ children, look = "secondary", type = "button", busy = false, ...rest }: ButtonProps) {
  const { onPress, label, describedBy } = rest;
  return (
    <button
      type={type}
      className={`mfa-button mfa-button-${look}`}
      aria-disabled={busy || undefined}
      aria-label={label}
      aria-describedby={describedBy}
      onClick={(event) => {
        if (busy) event.preventDefault();
        else onPress?.();
      }}
    >
      {children}
    </button>
  );
}
