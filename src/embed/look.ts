import css from "../ui/wizard.css?inline";

/*
 * Dresses the wizard where no page links its sheet: as a constructed sheet, which a page's `style-src` need not allow (CSSOM
 * section 6.2; W3C CSP 3 speaks of markup alone).
 */

/** A sheet belongs to the document in which it was constructed. */
const sheets = new WeakMap<Window, CSSStyleSheet>();

/** Adopts the look in a document or a shadow root, once. Any other node is left alone. */
export function adoptLook(tree: Node): void {
  if (!(tree instanceof Document) && !(tree instanceof ShadowRoot)) return;
  const window = (tree.ownerDocument ?? tree).defaultView;
  if (!window) return;
  const sheet = sheets.get(window) ?? new CSSStyleSheet();
  if (!sheets.has(window)) sheet.replaceSync(css);
  sheets.set(window, sheet);
  if (!tree.adoptedStyleSheets.includes(sheet)) tree.adoptedStyleSheets = [...tree.adoptedStyleSheets, sheet];
}
