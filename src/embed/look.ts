import { adopt, adoptLater } from "../ui/look.ts";
import look from "../ui/wizard.css?inline";

/** Adopts the look of the wizard in a document or a shadow root, where no page links its sheet. Any other node is left alone. */
export function adoptLook(tree: Node): void {
  adopt(tree, look);
  // A tree that the wizard is moved to while it is in use.
  adoptLater(tree);
}
