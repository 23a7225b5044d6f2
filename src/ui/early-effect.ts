import { useEffect, useLayoutEffect } from "react";

/** An effect before anything is painted. A server paints nothing, and React 18 complains there of a layout effect. */
export const useEarlyEffect = typeof document === "undefined" ? useEffect : useLayoutEffect;
