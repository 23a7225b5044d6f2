/**
 * Tells whether the focus is in this element or nowhere, so that a new screen may take it. Inside of a shadow root the
 * document only names the host element, so both are asked. A person who has gone on to something else keeps their place.
 */
export function isFocusFree(root: Element): boolean {
  const tree = root.getRootNode();
  if (tree instanceof ShadowRoot) {
    const outside = root.ownerDocument.activeElement;
    if (outside !== null && outside !== root.ownerDocument.body && outside !== tree.host) return false;
    return tree.activeElement === null || root.contains(tree.activeElement);
  }
  const active = root.ownerDocument.activeElement;
  return active === null || active === root.ownerDocument.body || root.contains(active);
}
