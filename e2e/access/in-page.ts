/*
 * What the tests of access ask of a page, put into it as one object: colours as they come out, what stands behind an
 * element, and how a focus is shown. It is handed over as the text of one function, so it must lean on nothing outside.
 */

/** How the focus is shown on an element: by the outline of its own, or of the card around it. */
export interface Ring {
  readonly width: number;
  /** To what stands behind the outline; 1 where there is none. */
  readonly contrast: number;
}

/** What can be asked in the page. */
export interface Probes {
  /** Returns what keys can reach in the part of the page between two elements, in the order of the document. */
  stopsBetween(from: Element, to: Element): Element[];
  /** Returns the colour behind an element, as red, green, blue from 0 to 255. */
  behind(element: Element): readonly number[];
  /** Returns what comes out where a CSS colour is painted on a background. */
  on(colour: string, background: readonly number[]): readonly number[];
  /** Returns the contrast of a CSS colour on a background (WCAG 2.2, relative luminance). */
  contrast(colour: string, background: readonly number[]): number;
  /** Returns what wears the outline of the element that has the focus; null where nothing does. */
  ringBearer(element: Element): Element | null;
  ring(element: Element): Ring;
  /** Returns what an element is called by whoever hears it; a placeholder is no name. */
  nameOf(element: Element): string;
  /** Returns how a person who reads a list of faults knows the element. */
  describe(element: Element): string;
  /** Returns each fixed or sticky element, or other thing, that stands over a part of the element; [] where all is seen. */
  over(element: Element): string[];
  /** Returns what stays in its place while the page is scrolled. */
  bars(): Element[];
}

declare global {
  var probes: Probes;
}

/** Makes `probes` in the page. */
export function installProbes(): void {
  const canvas = document.createElement("canvas");
  canvas.width = 1;
  canvas.height = 1;
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  if (pen === null) throw new Error("This browser paints nothing.");

  /** Paints colours over each other and reads what comes out: every notation there is, and every transparency. */
  const painted = (colours: readonly string[]): number[] => {
    pen.globalCompositeOperation = "copy";
    pen.fillStyle = "#ffffff";
    pen.fillRect(0, 0, 1, 1);
    pen.globalCompositeOperation = "source-over";
    for (const colour of colours) {
      pen.fillStyle = colour;
      pen.fillRect(0, 0, 1, 1);
    }
    return [...pen.getImageData(0, 0, 1, 1).data].slice(0, 3);
  };
  const luminance = (rgb: readonly number[]): number => {
    const [red = 0, green = 0, blue = 0] = rgb.map((value) => {
      const part = value / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const behind = (element: Element): number[] => {
    const layers: string[] = [];
    for (let part = element.parentElement; part !== null; part = part.parentElement) {
      layers.unshift(getComputedStyle(part).backgroundColor);
    }
    return painted(layers);
  };
  const on = (colour: string, background: readonly number[]): number[] =>
    painted([`rgb(${background.join(" ")})`, colour]);
  const contrast = (colour: string, background: readonly number[]): number => {
    const [paler = 0, darker = 0] = [on(colour, background), background].map(luminance).sort((a, b) => b - a);
    return (paler + 0.05) / (darker + 0.05);
  };
  const nameOf = (element: Element): string => {
    const labelledBy = element.getAttribute("aria-labelledby")?.split(/\s+/) ?? [];
    const labels = "labels" in element && element.labels instanceof NodeList ? [...element.labels] : [];
    const own = element instanceof HTMLInputElement ? "" : element.textContent;
    const texts = [
      labelledBy.map((id) => document.getElementById(id)?.textContent ?? "").join(" "),
      element.getAttribute("aria-label"),
      labels.map((label) => label.textContent).join(" "),
      own,
    ];
    return texts.find((text) => (text ?? "").trim() !== "")?.trim() ?? "";
  };
  const describe = (element: Element): string =>
    `<${element.tagName.toLowerCase()} class="${element.className}"> “${nameOf(element).slice(0, 60)}”`;

  const STOPS = "a[href], button, input, select, textarea, summary, [contenteditable], [role=button], [role=combobox]";
  const isPicked = (element: Element): boolean => {
    if (!(element instanceof HTMLInputElement) || element.type !== "radio") return true;
    const group = [...document.querySelectorAll<HTMLInputElement>("input[type=radio]")].filter(
      ({ name }) => name === element.name,
    );
    return (group.find(({ checked }) => checked) ?? group[0]) === element;
  };

  const ringBearer = (element: Element): Element | null =>
    [element, element.closest(".mfa-card")].find(
      (bearer) => bearer !== null && getComputedStyle(bearer).outlineStyle !== "none",
    ) ?? null;

  const bars = (): Element[] =>
    [...document.body.querySelectorAll("*")].filter(
      (element) =>
        ["fixed", "sticky"].includes(getComputedStyle(element).position) &&
        element.checkVisibility({ visibilityProperty: true }),
    );

  globalThis.probes = {
    bars,
    behind,
    on,
    contrast,
    nameOf,
    describe,
    stopsBetween: (from, to) =>
      [...document.querySelectorAll(`${STOPS}, [tabindex]:not([tabindex="-1"])`)].filter(
        (element) =>
          (from.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0 &&
          (to.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_PRECEDING) !== 0 &&
          element.checkVisibility({ visibilityProperty: true }) &&
          !element.matches(":disabled, [type=hidden]") &&
          isPicked(element),
      ),
    ringBearer,
    ring: (element) => {
      const bearer = ringBearer(element);
      if (bearer === null) return { width: 0, contrast: 1 };
      const { outlineWidth, outlineColor } = getComputedStyle(bearer);
      return { width: Number.parseFloat(outlineWidth), contrast: contrast(outlineColor, behind(bearer)) };
    },
    over: (element) => {
      const { left, top, right, bottom } = element.getBoundingClientRect();
      const found: string[] = [];
      // Its focus is a line of three pixels, two away from it. What is as high as the view is never seen as a whole.
      const fits = bottom - top < innerHeight - 32;
      if ((fits && top < 5) || left < 0 || (fits && bottom > innerHeight - 5) || right > innerWidth) {
        found.push(`only ${[left, top, right, bottom].map(Math.round).join(" ")} of ${innerWidth} by ${innerHeight}`);
      }
      for (const bar of bars()) {
        if (bar.contains(element)) continue;
        const box = bar.getBoundingClientRect();
        const meets = box.left < right && box.right > left && box.top < bottom && box.bottom > top;
        if (meets) found.push(describe(bar));
      }
      // Not in the corners: a round one belongs to what is around it.
      for (const across of [0.2, 0.5, 0.8]) {
        for (const down of [0.2, 0.5, 0.8]) {
          const met = document.elementFromPoint(left + across * (right - left), top + down * (bottom - top));
          if (met === null || element.contains(met) || (met instanceof HTMLLabelElement && met.control === element))
            continue;
          found.push(describe(met));
        }
      }
      return [...new Set(found)];
    },
  };
}
