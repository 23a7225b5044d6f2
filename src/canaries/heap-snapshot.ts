/** A heap snapshot as V8 writes it: nodes and edges as rows of numbers, which point into the list of texts. */
export type HeapSnapshot = {
  snapshot: { meta: { node_fields: string[]; edge_fields: string[]; node_types: unknown[]; edge_types: unknown[] } };
  nodes: number[];
  edges: number[];
  /** Every text in the page's memory, cut after a thousand characters, and every name of a property. */
  strings: string[];
};

/** Tells whether something has the form of a heap snapshot. */
export function isHeapSnapshot(value: unknown): value is HeapSnapshot {
  if (typeof value !== "object" || value === null) return false;
  return ["nodes", "edges", "strings"].every((name) => Array.isArray(Reflect.get(value, name))) && "snapshot" in value;
}

/**
 * Says by what a text is kept: the names of the shortest way to it from the roots, without the text itself. Null for a text
 * that is no value but a name.
 */
export function holderOf(heap: HeapSnapshot, text: string): string | null {
  const { nodes, edges, strings, snapshot } = heap;
  const { node_fields: nodeFields, edge_fields: edgeFields } = snapshot.meta;
  const [nodeWidth, edgeWidth] = [nodeFields.length, edgeFields.length];
  const [typeAt, nameAt, countAt] = ["type", "name", "edge_count"].map((name) => nodeFields.indexOf(name));
  const [edgeTypeAt, edgeNameAt, toAt] = ["type", "name_or_index", "to_node"].map((name) => edgeFields.indexOf(name));
  if ([typeAt, nameAt, countAt, edgeTypeAt, edgeNameAt, toAt].includes(undefined)) return null;
  const nodeTypes = namesIn(snapshot.meta.node_types);
  const edgeTypes = namesIn(snapshot.meta.edge_types);
  const read = (list: number[], row: number, at: number | undefined) => list[row + (at ?? 0)] ?? 0;

  const firstEdge = new Map<number, number>();
  let edge = 0;
  const wanted = new Set<number>();
  for (let node = 0; node < nodes.length; node += nodeWidth) {
    firstEdge.set(node, edge);
    edge += read(nodes, node, countAt) * edgeWidth;
    const isText = /string/.test(nodeTypes[read(nodes, node, typeAt)] ?? "");
    if (isText && strings[read(nodes, node, nameAt)] === text) wanted.add(node);
  }

  const cameBy = new Map<number, { from: number; edge: number }>();
  const seen = new Set([0]);
  const queue = [0];
  for (let next = 0; next < queue.length; next += 1) {
    const node = queue[next] ?? 0;
    if (wanted.has(node)) return wayTo(node);
    const from = firstEdge.get(node) ?? 0;
    for (let at = from; at < from + read(nodes, node, countAt) * edgeWidth; at += edgeWidth) {
      const to = read(edges, at, toAt);
      // A weak edge keeps nothing.
      if (seen.has(to) || edgeTypes[read(edges, at, edgeTypeAt)] === "weak") continue;
      seen.add(to);
      cameBy.set(to, { from: node, edge: at });
      queue.push(to);
    }
  }
  return null;

  function wayTo(found: number): string {
    const names: string[] = [];
    for (let step = cameBy.get(found); step; step = cameBy.get(step.from)) {
      const name = read(edges, step.edge, edgeNameAt);
      const kind = edgeTypes[read(edges, step.edge, edgeTypeAt)];
      const label = kind === "element" || kind === "hidden" ? `[${name}]` : `.${strings[name] ?? ""}`;
      names.unshift(`${(strings[read(nodes, step.from, nameAt)] ?? "").slice(0, 40)}${label}`);
    }
    return names.join(" > ");
  }
}

/** The first of the types is the list of their names. */
function namesIn(types: unknown[]): string[] {
  const [names] = types;
  return Array.isArray(names) ? names.map(String) : [];
}
