/*
 * What stands for React in the file for a script tag: Preact, with ids of its own. Preact counts from the start in each root, and two
 * elements in one tree, as with `light-dom`, would point at each other's labels.
 */
import { useState } from "preact/compat";

export * from "preact/compat";
// oxlint-disable-next-line import/no-default-export -- Libraries import React by its default.
export { default } from "preact/compat";

let count = 0;

function newId() {
  count += 1;
  return `mfa-${count}-`;
}

/** Returns an id that no other component of this page has, for as long as this one is there. */
export function useId() {
  return useState(newId)[0];
}
