import type { Plugin } from "vite";

/**
 * Leaves React Query's endless lists out of the page: no screen has one, its client reaches for them all the same, and they
 * are 400 bytes (gzip) of what a first screen waits for. A new name among their exports fails the build.
 */
export function noInfiniteQueries(): Plugin {
  return {
    name: "no-infinite-queries",
    apply: "build",
    load: {
      filter: { id: /@tanstack\/query-core\/build\/modern\/infiniteQueryBehavior\.js$/ },
      handler: () =>
        "function none() { throw new Error('There are no endless lists here.'); }" +
        "export { none as hasNextPage, none as hasPreviousPage, none as infiniteQueryBehavior };",
    },
  };
}
