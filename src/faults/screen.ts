/*
 * Reads a rendered screen as a person does: headings, sentences, buttons, fields by their labels. Quicker than a test
 * library's queries, because a campaign looks a hundred thousand times.
 */

/** What stands on a screen. */
export type Sight = {
  readonly heading: string;
  readonly text: string;
  readonly buttons: readonly string[];
  /** True while the last action is on its way. */
  readonly isBusy: boolean;
  readonly isLoading: boolean;
  readonly recoveryCodes: readonly string[];
  readonly methods: readonly string[] | null;
};

/** Reads the screen in a container. */
export function look(container: HTMLElement): Sight {
  const column = container.querySelector(".mfa-column") ?? container;
  const all = (selector: string) => [...column.querySelectorAll<HTMLElement>(selector)].filter(isShown);
  const headings = all("h1, h2, h3").map(textOf);
  const list = column.querySelector(".mfa-methods");
  return {
    heading: headings.at(-1) ?? "",
    text: all(":scope > *").map(textOf).join(" "),
    buttons: all("button").map(nameOf),
    isBusy: all("button[aria-disabled=true]").length > 0,
    isLoading: all(".mfa-loading").length > 0,
    recoveryCodes: all("[role=group].mfa-recovery-code").map((group) => textOf(group).replaceAll(/\s/g, "")),
    methods: list === null ? null : [...list.querySelectorAll("li")].map(textOf),
  };
}

/** Presses a button by its name; false where there is none. */
export function press(container: HTMLElement, name: string | RegExp, times = 1): boolean {
  const button = [...container.querySelectorAll<HTMLElement>("button")].filter(isShown).find((candidate) => {
    const own = nameOf(candidate);
    return typeof name === "string" ? own === name : name.test(own);
  });
  if (button === undefined) return false;
  for (let time = 0; time < times; time += 1) button.click();
  return true;
}

/** Chooses a radio button, or ticks a box, by its label. */
export function choose(container: HTMLElement, label: string | RegExp): boolean {
  const labels = [...container.querySelectorAll<HTMLLabelElement>("label")].filter(isShown);
  const found = labels.find((candidate) => {
    const own = textOf(candidate);
    return typeof label === "string" ? own.startsWith(label) : label.test(own);
  });
  const input = found?.querySelector("input");
  if (!input) return false;
  if (!input.checked) input.click();
  return true;
}

/** Returns the field with a label, null where there is none. */
export function field(container: HTMLElement, label: string): HTMLInputElement | null {
  const found = [...container.querySelectorAll("label")].find((candidate) => textOf(candidate) === label);
  const input = found === undefined ? null : document.getElementById(found.htmlFor);
  return input instanceof HTMLInputElement ? input : null;
}

/** Puts a text into a field in one go, as pasting does. */
export function write(input: HTMLInputElement, text: string): void {
  input.focus();
  // React watches the member of its own elements, so a value that a person brings goes in by the one they inherit.
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value")?.set?.call(input, text);
  input.dispatchEvent(new InputEvent("input", { bubbles: true, inputType: "insertFromPaste", data: text }));
}

function isShown(element: HTMLElement): boolean {
  return element.closest('[style*="display: none"]') === null;
}

function nameOf(element: HTMLElement): string {
  return element.getAttribute("aria-label") ?? textOf(element);
}

function textOf(element: Element): string {
  return (element.textContent ?? "").replaceAll(/\s+/g, " ").trim();
}
