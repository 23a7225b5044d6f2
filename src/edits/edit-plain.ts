import { type Act, targetOf } from "./acts.ts";
import type { PlainField } from "./plain-field.ts";
import { meantReachOf, reachOf } from "./reach.ts";

/** Describes what the person sees in the phone field before an act, and what else the act depends on. */
export type Seen = {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly clipboard: string;
  /** The country the number would be dialled from. */
  readonly home: string | null;
};

/**
 * Does to the plain field what a person means who does an act to what they see. Returns whether it is known where the caret
 * is then.
 */
export function editPlain(plain: PlainField, act: Act, { text: seen, start, end, clipboard, home }: Seen): boolean {
  const put = (text: string, typed = false) => plain.edit({ seen, from: start, to: end, put: text, typed });
  switch (act.does) {
    case "key":
    case "insert":
      put(act.text, true);
      break;
    case "paste":
      put(act.text);
      break;
    case "pasteBack":
      if (clipboard !== "") put(clipboard);
      break;
    case "cut":
    case "dragOut":
      if (start !== end) put("");
      break;
    case "remove": {
      const reach = plain.state.literal ? reachOf : meantReachOf;
      const [from, to] = start === end ? reach(seen, start, act.what, act.way) : [start, end];
      plain.edit({ seen, from, to, put: "", typed: false });
      break;
    }
    case "drag": {
      const target = targetOf(act, seen);
      if (start !== end && (target < start || target > end)) plain.drag(seen, start, end, target);
      break;
    }
    case "drop": {
      const target = targetOf(act, seen);
      plain.select(seen, target, target);
      plain.edit({ seen, from: target, to: target, put: act.text, typed: false, selects: true });
      break;
    }
    case "undo":
    case "redo":
      return plain[act.does]();
    case "compose":
      put(act.last ?? "");
      break;
    case "fill":
      plain.fill(act.text);
      break;
    case "choose":
      plain.choose(seen, act.region, home);
      break;
    case "copy":
    case "plansArrive":
      break;
  }
  return true;
}
