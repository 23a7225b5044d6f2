import { createContext, useCallback, useContext, useId, useState } from "react";
import { createVoice, type Voice } from "./voice.ts";

const SayContext = createContext<Voice["say"]>(() => {});

/** Gives the parts below it the voice of the root. */
export const SayProvider = SayContext.Provider;

/**
 * Returns the voice of the root: what is said is spoken once, politely, by a screen reader, and shown nowhere. What one
 * part says is one topic, of which only the newest is spoken where several came at once.
 */
export function useSay(): (text: string) => void {
  const say = useContext(SayContext);
  const topic = useId();
  return useCallback((text) => say(text, topic), [say, topic]);
}

/** Describes where a root speaks: what its live region is given. */
export type Said = Pick<Voice, "attach">;

/** Returns where a root speaks and the way to say something; an empty text takes back what is said. */
export function useSaid(): readonly [Said, Voice["say"]] {
  const [voice] = useState(createVoice);
  return [voice, voice.say];
}

/** Renders the one live region of a root. It is there from the first render, because a late one is not heard; its voice fills it. */
export function LiveRegion({ attach }: Said) {
  return <div ref={attach} className="mfa-spoken" role="status" aria-live="polite" />;
}
