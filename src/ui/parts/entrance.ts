import { createContext, useContext } from "react";

/** Tells whether the person's own action led to the screen that is shown. */
export type Entrance = () => boolean;

const EntranceContext = createContext<Entrance>(() => false);

/** Tells the screens below it how they were reached. */
export const EntranceProvider = EntranceContext.Provider;

/**
 * Returns the question "did the person's own action lead here?", asked in an effect by whatever wants the focus of a new
 * screen. Outside of a root the answer is no, and so it is while the person is busy elsewhere on the host's page.
 */
export function useEntrance(): Entrance {
  return useContext(EntranceContext);
}
