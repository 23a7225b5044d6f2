import type { RouteName } from "../contract/routes.ts";

/*
 * Bounds what one node has in work. Whoever cannot be served in time is refused at once, which costs next to nothing, rather than
 * kept waiting together with everybody else; those who are nearly done are refused last.
 */

/** What begins something: a sign-in, or a message. Everything else finishes, reads or ends something. */
const BEGINS: ReadonlySet<string> = new Set<RouteName>(["signIn", "start", "resend", "challenge"]);
/** Twice the bound for what does not begin anything: it is short, and a code or a recovery code is lost by waiting. */
const LAST = 2;
/** Five seconds: by then what was in work is done, or given up. */
export const BUSY_RETRY_SECONDS = 5;

/** Counts the requests in work. */
export type Load = {
  /** Takes a request in and returns what ends it; null when it must be refused. */
  enter(route: string): (() => void) | null;
  inWork(): number;
};

/** Creates the count of one node. `most` requests may be in work before new beginnings are refused. */
export function createLoad(most: number): Load {
  let inWork = 0;
  return {
    inWork: () => inWork,
    enter(route) {
      if (inWork >= (BEGINS.has(route) ? most : most * LAST)) return null;
      inWork += 1;
      return () => {
        inWork -= 1;
      };
    },
  };
}
