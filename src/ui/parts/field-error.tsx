import type { ReactNode } from "react";

/** Returns the `aria-describedby` value for the ids that are there, and nothing when none is. */
export function describedBy(...ids: readonly (string | false | null | undefined)[]): string | undefined {
  return ids.filter(Boolean).join(" ") || undefined;
}

/**
 * Renders what is wrong with a field, as text beside it. The field names `id` in `aria-describedby` and is
 * `aria-invalid` while there is something to say; the live region of the root speaks it once.
 */
export function FieldError({ id, children }: { readonly id: string; readonly children: ReactNode }) {
  if (children === null || children === undefined || children === "") return null;
  return (
    <p id={id} className="mfa-error">
      {children}
    </p>
  );
}

/** Renders the quiet line below a label: what the field is for. */
export function Hint({ id, children }: { readonly id?: string; readonly children: ReactNode }) {
  return (
    <p id={id} className="mfa-hint">
      {children}
    </p>
  );
}
