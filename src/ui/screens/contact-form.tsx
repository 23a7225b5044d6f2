import type { FormEvent, MutableRefObject, PointerEvent, ReactNode, SyntheticEvent } from "react";
import { useMessages } from "../messages/messages.ts";
import { Button } from "../parts/button.tsx";
import { Notice } from "../parts/notice.tsx";
import { ScreenHeading } from "../parts/screen-heading.tsx";
import type { ContactScreenProps } from "./contact-screen.ts";

/** Describes the frame around the field of a contact screen. */
export type ContactFormProps = Pick<ContactScreenProps, "busy" | "onBack" | "onCancel"> & {
  readonly heading: string;
  readonly submit: string;
  /** What the service said that is not about the contact itself. */
  readonly notice: string | null;
  readonly children: ReactNode;
  /** True while a control of this screen is being pressed. */
  readonly pressing: MutableRefObject<boolean>;
  readonly onSubmit: (event: FormEvent) => void;
};

/**
 * Renders the frame of a contact screen: heading, field, what the service said, and the ways on. It notes when one of its
 * controls is pressed, because a complaint that appears then would move the button away from the finger.
 */
export function ContactForm({
  heading,
  submit,
  notice,
  children,
  pressing,
  busy,
  onSubmit,
  onBack,
  onCancel,
}: ContactFormProps) {
  const { t } = useMessages();
  const press = (held: boolean) => (event: SyntheticEvent) => {
    const control = event.target instanceof Element && event.target.closest("button, summary, [role=option]");
    pressing.current = held && control !== null;
  };
  // After a finger is lifted the field is still to be left and the click still to come; after a mouse button it is not.
  const lift = (event: PointerEvent) => {
    if (event.pointerType === "mouse") pressing.current = false;
  };
  return (
    <form
      className="mfa-screen"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit(event);
      }}
      onPointerDownCapture={press(true)}
      onPointerUpCapture={lift}
      onClickCapture={press(false)}
      onPointerCancelCapture={press(false)}
    >
      <ScreenHeading>{heading}</ScreenHeading>
      {children}
      {notice === null ? null : <Notice tone="warning">{notice}</Notice>}
      <div className="mfa-actions">
        <Button look="primary" type="submit" busy={busy}>
          {submit}
        </Button>
        {onBack === undefined ? null : <Button onPress={onBack}>{t("back")}</Button>}
        <Button look="quiet" onPress={onCancel}>
          {t("cancel")}
        </Button>
      </div>
    </form>
  );
}
