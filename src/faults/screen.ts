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

/** Reads the screen in a container, in one walk. */
export function look(container: HTMLElement): Sight {
  const column = container.getElementsByClassName("mfa-column")[0] ?? container;
  const list = column.getElementsByClassName("mfa-methods")[0];
  const texts: string[] = [];
  const buttons: string[] = [];
  const recoveryCodes: string[] = [];
  let heading = "";
  let isBusy = false;
  let isLoading = false;
  for (const child of shownChildrenOf(column)) {
    texts.push(textOf(child));
    for (const element of shownIn(child)) {
      const { localName, classList } = element;
      if (localName === "h1" || localName === "h2" || localName === "h3") heading = textOf(element);
      if (localName === "button") {
        buttons.push(nameOf(element));
        isBusy ||= element.getAttribute("aria-disabled") === "true";
      }
      isLoading ||= classList.contains("mfa-loading");
      if (classList.contains("mfa-recovery-code") && element.getAttribute("role") === "group")
        recoveryCodes.push(textOf(element).replaceAll(/\s/g, ""));
    }
  }
  const methods = list === undefined ? null : [...list.getElementsByTagName("li")].map(textOf);
  return { heading, text: texts.join(" "), buttons, isBusy, isLoading, recoveryCodes, methods };
}

/** Presses a button by its name; false where there is none. */
export function press(container: HTMLElement, name: string | RegExp, times = 1): boolean {
  const button = shown(container, "button").find((candidate) => {
    const own = nameOf(candidate);
    return typeof name === "string" ? own === name : name.test(own);
  });
  if (button === undefined) return false;
  for (let time = 0; time < times; time += 1) button.click();
  return true;
}

/** Chooses a radio button, or ticks a box, by its label. */
export function choose(container: HTMLElement, label: string | RegExp): boolean {
  const found = shown(container, "label").find((candidate) => {
    const own = textOf(candidate);
    return typeof label === "string" ? own.startsWith(label) : label.test(own);
  });
  const input = found?.getElementsByTagName("input")[0];
  if (!input) return false;
  if (!input.checked) input.click();
  return true;
}

/** Returns the field with a label, null where there is none. */
export function field(container: HTMLElement, label: string): HTMLInputElement | null {
  const found = [...container.getElementsByTagName("label")].find((candidate) => textOf(candidate) === label);
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

/** What React holds back behind a placeholder stays in the document, unseen. */
function isHidden(element: Element): boolean {
  return element.getAttribute("style")?.includes("display: none") === true;
}

function shownChildrenOf(element: Element): Element[] {
  return [...element.children].filter((child) => !isHidden(child));
}

/** The element and what is in it, in the order of the document, without what is hidden. */
function* shownIn(element: Element): Generator<Element> {
  yield element;
  for (const child of shownChildrenOf(element)) yield* shownIn(child);
}

function shown<Name extends "button" | "label">(container: HTMLElement, name: Name): HTMLElementTagNameMap[Name][] {
  return [...container.getElementsByTagName(name)].filter((element) => {
    for (let at: Element | null = element; at !== null && at !== container; at = at.parentElement)
      if (isHidden(at)) return false;
    return true;
  });
}

function nameOf(element: Element): string {
  return element.getAttribute("aria-label") ?? textOf(element);
}

function textOf(element: Element): string {
  return (element.textContent ?? "").replaceAll(/\s+/g, " ").trim();
}
