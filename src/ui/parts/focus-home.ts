/**
 * Tells whether the focus is in this element or nowhere, so that a new screen may take it. A shadow root's own tree names what has the
 * focus in it, and each tree around it only the host, so all of them are asked. A person who has gone on to something else keeps their place.
 */
export function isFocusFree(root: Element): boolean {
  const tree = root.getRootNode();
  const { activeElement: active } = tree instanceof ShadowRoot ? tree : root.ownerDocument;
  const isHere = active === null || active === root.ownerDocument.body || root.contains(active);
  return isHere && (!(tree instanceof ShadowRoot) || isFocusFree(tree.host));
}
