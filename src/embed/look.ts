import look from "../ui/wizard.css?inline";

/*
 * Dresses the wizard where no page links its sheet: as a constructed sheet, which a page's `style-src` need not allow (CSSOM
 * section 6.2; W3C CSP 3 speaks of markup alone).
 */

/** By their words. A sheet may only be adopted in the document for which it was constructed, and in the shadow roots there. */
const sheets = new WeakMap<Document, Map<string, CSSStyleSheet>>();

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

/** Adopts the look of the wizard likewise. */
export function adoptLook(tree: Node): void {
  adopt(tree, look);
}

/** By what it has: a document of a frame is no instance of this window's `Document`. */
function isDressed(tree: Node): tree is Document | ShadowRoot {
  return "adoptedStyleSheets" in tree;
}
