/*
 * Dresses the wizard in constructed sheets, which a page's `style-src` need not allow (CSSOM section 6.2; W3C CSP 3 speaks of
 * markup alone). The sheet of the first screens is the host's matter: linked, or adopted before the first picture.
 */

/** By their words. A sheet may only be adopted in the document for which it was constructed, and in the shadow roots there. */
const sheets = new WeakMap<Document, Map<string, CSSStyleSheet>>();

/** What the later screens wear, once they are there. */
const later = new Set<string>();

/** Adopts a sheet of these words in a document or a shadow root, once. Any other node is left alone. */
export function adopt(tree: Node, css: string): void {
  if (!isDressed(tree)) return;
  const page = tree.ownerDocument ?? tree;
  // The page's own constructor: what is handed out may be drawn into a frame by a script that runs around it.
  const Sheet = page.defaultView?.CSSStyleSheet;
  if (!Sheet) return;
  const known = sheets.get(page) ?? new Map<string, CSSStyleSheet>();
  sheets.set(page, known);
  const sheet = known.get(css) ?? new Sheet();
  if (!known.has(css)) sheet.replaceSync(css);
  known.set(css, sheet);
  if (!tree.adoptedStyleSheets.includes(sheet)) tree.adoptedStyleSheets = [...tree.adoptedStyleSheets, sheet];
}

/** Adds what the later screens wear. */
export function wearLater(css: string): void {
  later.add(css);
}

/** Adopts what the later screens wear, as far as it is there. */
export function adoptLater(tree: Node): void {
  for (const css of later) adopt(tree, css);
}

/** By what it has: a document of a frame is no instance of this window's `Document`. */
function isDressed(tree: Node): tree is Document | ShadowRoot {
  return "adoptedStyleSheets" in tree;
}
