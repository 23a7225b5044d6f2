import { type ChangeEvent, type FocusEvent, forwardRef, type ReactNode, useCallback, useId } from "react";
import type { ChannelPolicy } from "../../contract/phone-policy.ts";
import { useMessages } from "../messages/messages.ts";
import type { PhoneEntryState } from "../phone/use-phone-entry.ts";
import { CountryList } from "./country-list.tsx";
import { describedBy, FieldError, Hint } from "./field-error.tsx";

/** Describes a phone field. */
export type PhoneFieldProps = PhoneEntryState & {
  /** The countries to choose from. */
  readonly countries: ChannelPolicy["countries"];
  readonly name: string;
  readonly initialText: string;
  /** What the number is used for; it belongs to the field's description. */
  readonly hint: ReactNode;
  readonly error: string | null;
  /** Told when the text changes, after it was written in the country's way. */
  readonly onEdit: (event: ChangeEvent<HTMLInputElement>) => void;
  /** Told which country was chosen from the list. */
  readonly onCountry: (region: string) => void;
  readonly onBlur: (event: FocusEvent<HTMLInputElement>) => void;
};

/**
 * Renders one number field with its country list. The input is the browser's own (uncontrolled), so that autofill, input
 * methods and password managers meet nothing unusual; its driver writes the number while it is typed.
 */
export const PhoneField = forwardRef<HTMLInputElement, PhoneFieldProps>(function PhoneField(props, ref) {
  const { entry, region, countries, name, initialText, hint, error, onEdit, onCountry, onBlur } = props;
  const { t } = useMessages();
  const id = useId();
  const attach = useCallback(
    (input: HTMLInputElement | null) => {
      entry.attach(input);
      if (typeof ref === "function") ref(input);
      else if (ref !== null) ref.current = input;
    },
    [entry, ref],
  );
  return (
    <div className="mfa-phone">
      <CountryList region={region} served={countries} onChoose={onCountry} />
      <div className="mfa-field">
        <label htmlFor={id} className="mfa-label">
          {t("phone.label")}
        </label>
        <input
          ref={attach}
          id={id}
          className="mfa-input"
          name={name}
          type="tel"
          inputMode="tel"
          autoComplete="tel"
          dir="ltr"
          defaultValue={initialText}
          aria-invalid={error !== null || undefined}
          aria-describedby={describedBy(error !== null && `${id}error`, `${id}hint`)}
          onChange={(event) => {
            entry.edited(event.nativeEvent);
            onEdit(event);
          }}
          onCompositionEnd={(event) => entry.edited(event.nativeEvent)}
          onKeyDown={(event) => {
            if (entry.pressed(event)) event.preventDefault();
          }}
          onBlur={onBlur}
        />
        <FieldError id={`${id}error`}>{error}</FieldError>
        <Hint id={`${id}hint`}>{hint}</Hint>
      </div>
    </div>
  );
});
