import { createContext, useContext } from "react";

const DressContext = createContext<() => void>(() => {});

/** Gives the parts below it the way to dress the tree they stand in. */
export const DressProvider = DressContext.Provider;

/** Returns what dresses the tree of this root in all that is there to wear by now, before anything is painted. */
export function useDress(): () => void {
  return useContext(DressContext);
}
