/*
 * Stands in the page itself, before any program is there: what is chosen and pressed meanwhile is remembered, and done once the program
 * has taken over and says so with the event `alive`. Nothing is imported here, so that it needs no second file.
 */

const place = document.getElementById("sign-in-methods");

addEventListener(
  "click",
  (event) => {
    if (place === null || "alive" in place.dataset || !(event.target instanceof Element)) return;
    const button = event.target.closest("button");
    if (button === null || !place.contains(button)) return;
    // Nothing else hears of it now: neither the form, nor a program that is just taking over.
    event.preventDefault();
    event.stopImmediatePropagation();
    forget();
    button.dataset["pressed"] = "";
  },
  true,
);

place?.addEventListener("alive", () => {
  if ("alive" in place.dataset) return;
  place.dataset["alive"] = "";
  const button = forget();
  for (const choice of place.querySelectorAll<HTMLInputElement>("input:checked")) {
    if (choice.defaultChecked) continue;
    // React has taken the browser's choice for its own; it hears of one only where something changes.
    choice.checked = false;
    choice.click();
  }
  // In a task of its own: what was chosen must be drawn before what goes on with it is pressed.
  setTimeout(() => button?.click());
});

// A program that cannot be fetched would leave a page that looks well and does nothing.
addEventListener(
  "error",
  ({ target }) => {
    if (!(target instanceof HTMLScriptElement)) return;
    document.getElementById("not-loaded")?.removeAttribute("hidden");
    forget();
  },
  true,
);

// What stands in a template behind a file is asked for when that file is there, so that it takes nothing from the files before it. The window
// hears of no `load` but its own.
document.addEventListener(
  "load",
  ({ target }) => {
    const next = target instanceof HTMLLinkElement ? target.nextElementSibling : null;
    if (next instanceof HTMLTemplateElement) next.replaceWith(next.content);
  },
  true,
);

/** Forgets what was pressed, and returns it. */
function forget(): HTMLElement | null {
  const button = place?.querySelector<HTMLElement>("[data-pressed]") ?? null;
  button?.removeAttribute("data-pressed");
  return button;
}
