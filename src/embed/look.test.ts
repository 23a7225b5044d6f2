// @vitest-environment jsdom
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { adopt } from "../ui/look.ts";
import { adoptLook } from "./look.ts";

/** Stands for what jsdom lacks. Only the words of a sheet count here; what they do is seen in browsers. */
class Sheet {
  words = "";
  replaceSync(words: string) {
    this.words = words;
  }
}

/** Gives a page and its shadow roots a place for sheets, and its window a constructor of its own. */
function dressable(page: Document): typeof Sheet {
  const Own = class extends Sheet {};
  Object.assign(page.defaultView ?? {}, { CSSStyleSheet: Own });
  Object.assign(page, { adoptedStyleSheets: [] });
  return Own;
}

function shadowRoot(page: Document): ShadowRoot {
  const host = page.body.appendChild(page.createElement("div"));
  return Object.assign(host.attachShadow({ mode: "open" }), { adoptedStyleSheets: [] });
}

let Own: typeof Sheet;
beforeEach(() => {
  Own = dressable(document);
});
afterEach(() => {
  vi.unstubAllGlobals();
  document.body.replaceChildren();
});

test("a page and each shadow root in it share one sheet, and each adopts it once", () => {
  const one = shadowRoot(document);
  const other = shadowRoot(document);
  for (const tree of [document, one, other, one, document]) adoptLook(tree);
  expect(document.adoptedStyleSheets).toHaveLength(1);
  expect(one.adoptedStyleSheets).toEqual(document.adoptedStyleSheets);
  expect(other.adoptedStyleSheets[0]).toBe(document.adoptedStyleSheets[0]);
});

test("the page's own sheets stay, in front of it", () => {
  // A sheet of the page's, of which the adopting needs to know nothing.
  const theirs = new Sheet() as unknown as CSSStyleSheet;
  document.adoptedStyleSheets = [theirs];
  adopt(document, "p { color: red }");
  adopt(document, "p { color: blue }");
  expect(document.adoptedStyleSheets[0]).toBe(theirs);
  expect(document.adoptedStyleSheets.slice(1)).toMatchObject([
    { words: "p { color: red }" },
    { words: "p { color: blue }" },
  ]);
});

test("a frame's document gets a sheet that its own window has made, and a new one when it is another document", () => {
  const frame = document.body.appendChild(document.createElement("iframe"));
  const inner = frame.contentDocument;
  if (!inner) throw new Error("The frame has no document.");
  const Theirs = dressable(inner);
  adoptLook(document);
  adoptLook(inner);
  expect(inner.adoptedStyleSheets[0]).toBeInstanceOf(Theirs);
  expect(document.adoptedStyleSheets[0]).not.toBe(inner.adoptedStyleSheets[0]);
});

test("what has no place for sheets is left alone", () => {
  adoptLook(document.createElement("div"));
  adoptLook(document.implementation.createHTMLDocument());
  const apart = Object.assign(document.implementation.createHTMLDocument(), { adoptedStyleSheets: [] });
  adoptLook(apart);
  expect(apart.adoptedStyleSheets).toEqual([]);
  expect(Own).toBeDefined();
});
