import type { Page } from "playwright/test";

/** A way to see a page that a person may have set for themselves. */
export interface Setting {
  readonly name: string;
  /** Rules over those of the page, as a browser's extension or a person's own sheet brings them. */
  readonly sheet: string;
}

/** The distances of WCAG 2.2, 1.4.12. */
export const SPACING: Setting = {
  name: "text spacing",
  sheet:
    "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }" +
    "p { margin-block-end: 2em !important }",
};

/** Text at 200 % (WCAG 2.2, 1.4.4), where nothing but the text grows. */
export const LARGE_TEXT: Setting = { name: "text at 200 %", sheet: ":root { --mfa-font-size: 32px }" };

/** The page as it comes. */
export const AS_IT_IS: Setting = { name: "as it is", sheet: "" };

/**
 * Returns what does not fit on the page under each of the settings: a page that scrolls sideways, text that is cut off, runs
 * out of its box or into other text, a field lower than its text, and what moves though nothing may.
 */
export function unfit(page: Page, settings: readonly Setting[]): Promise<string[]> {
  return page.evaluate(findUnfit, settings);
}

function findUnfit(settings: readonly Setting[]): string[] {
  const panel = document.querySelector(".mfa-enroll");
  if (panel === null) throw new Error("There is no panel.");

  const textsIn = (): { text: string; owner: Element; boxes: DOMRect[] }[] => {
    const texts: { text: string; owner: Element; boxes: DOMRect[] }[] = [];
    const walker = document.createTreeWalker(panel, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const owner = node.parentElement;
      const text = (node.textContent ?? "").trim();
      if (owner === null || text === "" || !owner.checkVisibility() || owner.closest(".mfa-spoken") !== null) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      texts.push({ text, owner, boxes: [...range.getClientRects()] });
    }
    return texts;
  };
  const isIn = (box: DOMRect, around: DOMRect): boolean =>
    box.left >= around.left - 1 &&
    box.right <= around.right + 1 &&
    box.top >= around.top - 1 &&
    box.bottom <= around.bottom + 1;
  const BOXES = "button, summary, .mfa-notice, .mfa-card, .mfa-option, .mfa-recovery-code, .mfa-method";

  const faults = (): string[] => {
    const found: string[] = [];
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth > clientWidth) found.push(`the page is ${scrollWidth} pixels wide instead of ${clientWidth}`);
    const texts = textsIn();
    for (const { text, owner, boxes } of texts) {
      for (const box of boxes) {
        if (box.left < -1 || box.right > clientWidth + 1) found.push(`beside the page: “${text}”`);
        const around = owner.closest(BOXES);
        if (around !== null && !isIn(box, around.getBoundingClientRect())) found.push(`out of its box: “${text}”`);
        for (let part: Element | null = owner; part !== null && part !== panel; part = part.parentElement) {
          const { overflowX, overflowY } = getComputedStyle(part);
          const cuts = /hidden|clip/.test(overflowX + overflowY);
          if (cuts && !isIn(box, part.getBoundingClientRect())) found.push(`cut off: “${text}”`);
        }
      }
    }
    // The open list of countries lies over what comes after it.
    const flowing = texts.filter(({ owner }) => owner.closest("[role=listbox]") === null);
    for (const [index, one] of flowing.entries()) {
      for (const other of flowing.slice(index + 1)) {
        const meets = one.boxes.some((a) =>
          other.boxes.some(
            (b) =>
              Math.min(a.right, b.right) - Math.max(a.left, b.left) > 2 &&
              Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 4,
          ),
        );
        if (meets) found.push(`“${one.text}” lies over “${other.text}”`);
      }
    }
    for (const field of panel.querySelectorAll<HTMLElement>(".mfa-input")) {
      if (field.scrollHeight > field.clientHeight + 1) found.push(`a field is lower than its text: ${field.outerHTML}`);
      if (!isIn(field.getBoundingClientRect(), panel.getBoundingClientRect()))
        found.push("a field is out of the panel");
    }
    return found;
  };

  return settings.flatMap(({ name, sheet }) => {
    const added = new CSSStyleSheet();
    added.replaceSync(sheet);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, added];
    const found = faults();
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== added);
    return [...new Set(found)].map((fault) => `${name}: ${fault}`);
  });
}

/** Returns what moves on the page, or would if something happened: animations that run and transitions that are set. */
export function movements(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const running = document
      .getAnimations()
      .map((animation) => `it moves: ${animation instanceof CSSAnimation ? animation.animationName : animation.id}`);
    const set = [...document.querySelectorAll("*")].flatMap((element) =>
      ["", "::before", "::after"].flatMap((part) => {
        const { transitionDuration, animationName, scrollBehavior } = getComputedStyle(element, part);
        const isStill = animationName === "none" && !/[1-9]/.test(transitionDuration) && scrollBehavior === "auto";
        return isStill ? [] : [`it would move: ${element.tagName} ${element.className}${part}`];
      }),
    );
    return [...new Set([...running, ...set])];
  });
}
