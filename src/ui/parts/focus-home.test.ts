// @vitest-environment jsdom
import { afterEach, expect, test } from "vitest";
import { isFocusFree } from "./focus-home.ts";

afterEach(() => document.body.replaceChildren());

const inside = (parent: ParentNode, name = "div") => {
  const element = document.createElement(name);
  parent.append(element);
  return element;
};

/** A root so many shadow roots deep, a button in it, and one beside it in each tree around it. */
function deep(levels: number) {
  const beside: HTMLElement[] = [inside(document.body, "button")];
  let tree: ParentNode = document.body;
  for (let level = 0; level < levels; level += 1) {
    const shadow: ShadowRoot = inside(tree).attachShadow({ mode: "open" });
    beside.push(inside(shadow, "button"));
    tree = shadow;
  }
  const root = inside(tree);
  return { root, button: inside(root, "button"), beside };
}

test.each([0, 1, 2])("within %i shadow roots the focus is free in the element and where nobody has it", (levels) => {
  const { root, button, beside } = deep(levels);
  expect(isFocusFree(root)).toBe(true);
  button.focus();
  expect(isFocusFree(root)).toBe(true);
  for (const busy of beside) {
    busy.focus();
    expect(isFocusFree(root)).toBe(false);
  }
});
