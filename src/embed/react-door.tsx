import { type ReactNode, useRef } from "react";
import { useEarlyEffect } from "../ui/early-effect.ts";
import { adoptLook } from "./look.ts";
import { MfaEnrollment as Enrollment, type MfaOptions, MfaSettings as Settings } from "./react.tsx";

/*
 * What `mfa-enroll/react` is: the components of this room with their look, so that a host imports nothing beside them. In a page that a
 * server renders, `mfa-enroll/wizard.css` is linked as well, so that the first picture has it.
 */

export type { MfaOptions } from "./react.tsx";
export type { Channel } from "../contract/channel.ts";
export type { SessionView } from "../contract/session-view.ts";
export type { Catalogue } from "../ui/messages/messages.ts";
export type { News } from "../ui/news.ts";

/** Renders the settings panel "Sign-in methods", with the wizard opening in its place. */
export function MfaSettings(options: MfaOptions) {
  return (
    <Dressed>
      <Settings {...options} />
    </Dressed>
  );
}

/** Renders the wizard alone, for a page whose one purpose is to add a method. */
export function MfaEnrollment(options: MfaOptions) {
  return (
    <Dressed>
      <Enrollment {...options} />
    </Dressed>
  );
}

/** Adopts the look wherever the host has put it, before anything is painted. */
function Dressed({ children }: { readonly children: ReactNode }) {
  const place = useRef<HTMLDivElement>(null);
  useEarlyEffect(() => {
    if (place.current) adoptLook(place.current.getRootNode());
  }, []);
  return <div ref={place}>{children}</div>;
}
