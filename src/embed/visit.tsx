import { render, waitFor } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { StrictMode } from "react";
import { expect } from "vitest";
import { MfaEnrollment, type MfaOptions, MfaSettings } from "./react.tsx";
import { SERVER_NOW, type scriptBff } from "./scripted-bff.ts";

/** Opens the page of a scripted server in StrictMode (or plainly, as people meet it) and with a clock that the test moves. */
export function visit(
  bff: ReturnType<typeof scriptBff>,
  options: MfaOptions & { alone?: boolean; plain?: boolean } = {},
) {
  const clock = { now: SERVER_NOW };
  const { alone = false, plain = false, ...rest } = options;
  const given: MfaOptions = { fetch: bff.fetch, now: () => clock.now, navigate: () => {}, returnTo: "/", ...rest };
  const guest = alone ? <MfaEnrollment {...given} /> : <MfaSettings {...given} />;
  const page = render(plain ? guest : <StrictMode>{guest}</StrictMode>);
  return { person: userEvent.setup(), clock, page };
}

/** Waits until an element has the focus, which comes to it in an effect, after it is there. */
export async function hasFocus(element: HTMLElement): Promise<void> {
  await waitFor(() => expect(document.activeElement).toBe(element));
}
