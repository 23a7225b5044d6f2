import { createContext, useContext, useState } from "react";

const SayContext = createContext<(text: string) => void>(() => {});

/** Gives the parts below it the voice of the root. */
export const SayProvider = SayContext.Provider;

/** Returns the voice of the root: what is said is spoken once, politely, by a screen reader, and shown nowhere. */
export function useSay(): (text: string) => void {
  return useContext(SayContext);
}

/** Describes what is being said; `times` makes the same sentence said twice two sentences. */
export type Said = { readonly text: string; readonly times: number };

/** Returns what is being said and the way to say something else. */
export function useSaid(): readonly [Said, (text: string) => void] {
  const [said, setSaid] = useState<Said>({ text: "", times: 0 });
  const [say] = useState(() => (text: string) => setSaid(({ times }) => ({ text, times: times + 1 })));
  return [said, say];
}

/** Renders the one live region of a root. It is there from the first render, because a late one is not heard. */
export function LiveRegion({ text, times }: Said) {
  return (
    <div className="mfa-spoken" role="status" aria-live="polite">
      <span key={times}>{text}</span>
    </div>
  );
}
