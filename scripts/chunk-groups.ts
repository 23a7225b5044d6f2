import type { Rolldown } from "vite";

/** What is fetched right after the first screen, in two pieces: the rules, and every screen on which nothing is typed. */
const SOON: readonly (readonly [name: string, modules: readonly string[]])[] = [
  ["engine", ["src/ui/engine.ts"]],
  ["later-screens", ["src/ui/later-screens.tsx", "src/ui/announcement.ts"]],
];

/**
 * Says which modules share a chunk where the bundler would make many small ones of them, of which each is a request. What several of the screens
 * share that come one by one comes with those that are there before any of them. What the page begins with is left to the bundler.
 */
export function chunkGroups(root: string): Rolldown.CodeSplittingGroup[] {
  const tops = new Map<string, ReadonlySet<string> | null>();
  return [
    // The page begins with two files of which one is the greater: while the rest of it comes, what is next can be asked for.
    { name: "react", test: /\/node_modules\/(?:react|react-dom|scheduler)\//, priority: 1 },
    {
      debugName: "soon",
      includeDependenciesRecursively: false,
      name(id, context) {
        const found = topsOf(id, (one) => context.getModuleInfo(one), tops);
        if (found === null) return null;
        const names = [...found].map((top) => top.replace(root, ""));
        const soon = SOON.find(([, modules]) => names.some((name) => modules.includes(name)));
        return soon?.[0] ?? (names.length > 1 ? "later-screens" : null);
      },
    },
  ];
}

type InfoOf = (id: string) => Rolldown.ModuleInfo | null;

/** Returns the modules that are fetched by themselves and cannot run without this one; null where the first of all is one of them. */
function topsOf(
  id: string,
  infoOf: InfoOf,
  known: Map<string, ReadonlySet<string> | null>,
): ReadonlySet<string> | null {
  const told = known.get(id);
  if (told !== undefined) return told;
  const found = new Set<string>();
  const seen = new Set<string>();
  let isFirst = false;
  const climb = (one: string) => {
    if (seen.has(one)) return;
    seen.add(one);
    const info = infoOf(one);
    if (info === null) return;
    isFirst ||= info.isEntry;
    if (info.dynamicImporters.length > 0) found.add(one);
    for (const importer of info.importers) climb(importer);
  };
  climb(id);
  const answer = isFirst ? null : found;
  known.set(id, answer);
  return answer;
}
