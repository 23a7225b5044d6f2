import type { Page } from "playwright/test";

/** A host's look in a theme. */
export interface Dress {
  readonly look: string;
  readonly theme: "light" | "dark";
}

/** A contrast that somebody needs to see where something is, or how it stands (WCAG 2.2, 1.4.11). */
export interface Edge {
  /** Which two things, such as "edge of a field to what is around it". */
  readonly pair: string;
  readonly dress: string;
  readonly contrast: number;
  readonly element: string;
}

/** The page as it is, in the colours it has then. */
export const AS_DRESSED: readonly Dress[] = [{ look: "bank", theme: "light" }];

/** Every look of the demo in both themes. */
export const DRESSES: readonly Dress[] = ["bank", "quiet", "start-up"].flatMap((look) => [
  { look, theme: "light" } as const,
  { look, theme: "dark" } as const,
]);

/** Brings the looks of the demo to the page, as a sheet of the host. */
export function bringLooks(page: Page, sheet: string): Promise<void> {
  return page.evaluate((rules) => {
    const looks = new CSSStyleSheet();
    looks.replaceSync(rules);
    document.adoptedStyleSheets = [looks];
  }, sheet);
}

/** Dresses the page. */
export function dress(page: Page, { look, theme }: Dress): Promise<void> {
  return page
    .evaluate((wanted) => Object.assign(document.documentElement.dataset, wanted), { look, theme })
    .then(() => {});
}

/** Returns the contrast of each edge, icon and state on the screen in each dress. */
export function edgesOn(page: Page, dresses: readonly Dress[]): Promise<Edge[]> {
  return page.evaluate(findEdges, dresses);
}

/** Returns the contrast of the line that shows the focus, for everything that takes it. A key was pressed before. */
export function ringsOn(page: Page, dresses: readonly Dress[]): Promise<Edge[]> {
  return page.evaluate((all) => {
    const panel = document.querySelector(".mfa-enroll");
    const [from, to] = [panel?.parentElement, document.querySelector("#after-the-panel")];
    if (from == null || to === null) throw new Error("There is no panel.");
    return all.flatMap(({ look, theme }) => {
      Object.assign(document.documentElement.dataset, { look, theme });
      return probes.stopsBetween(from, to).map((stop): Edge => {
        if (stop instanceof HTMLElement) stop.focus();
        const { width, contrast } = probes.ring(stop);
        return {
          pair: "line around what has the focus, to what is around it",
          dress: `${look}, ${theme}`,
          contrast: width < 2 ? 1 : contrast,
          element: probes.describe(stop),
        };
      });
    });
  }, dresses);
}

function findEdges(dresses: readonly Dress[]): Edge[] {
  const panel = document.querySelector(".mfa-enroll");
  if (panel === null) throw new Error("There is no panel.");
  const inside = (element: Element): readonly number[] => probes.behind(element.firstElementChild ?? element);
  // The colour of a line that is not drawn is nothing to see.
  const edge = (element: Element): string => {
    const { borderTopColor, borderTopWidth } = getComputedStyle(element);
    return Number.parseFloat(borderTopWidth) >= 1 ? borderTopColor : "transparent";
  };
  const fill = (element: Element): string => getComputedStyle(element).backgroundColor;

  /** Which elements, and which of their colours must stand out from what. */
  const PAIRS: readonly [
    pair: string,
    selector: string,
    colour: (element: Element) => string,
    (element: Element) => readonly number[],
  ][] = [
    ["edge of a field, to what is around it", ".mfa-input:not([aria-invalid])", edge, probes.behind],
    ["edge of a field that is wrong, to what is around it", ".mfa-input[aria-invalid]", edge, probes.behind],
    ["edge of a field, to the field", ".mfa-input", edge, (field) => probes.on(fill(field), probes.behind(field))],
    [
      "places of the code, to the field",
      ".mfa-code",
      (field) => /right, (\w+\([^)]*\)|\w+)/.exec(getComputedStyle(field).backgroundImage)?.[1] ?? "transparent",
      (field) => probes.on(fill(field), probes.behind(field)),
    ],
    [
      "edge of a button, to what is around it",
      ".mfa-button:not(.mfa-button-primary, .mfa-button-danger, .mfa-button-quiet)",
      edge,
      probes.behind,
    ],
    ["the main button, to what is around it", ".mfa-button-primary", edge, probes.behind],
    ["a button that removes, to what is around it", ".mfa-button-danger", edge, probes.behind],
    ["icon, to what is behind it", ".mfa-icon", (icon) => getComputedStyle(icon).color, probes.behind],
    ["edge of the chosen card, to what is around it", ".mfa-card:has(input:checked)", edge, probes.behind],
    ["edge of the open list, to what is around it", ".mfa-options", edge, probes.behind],
    ["country that Enter takes, to the list", ".mfa-option[aria-selected=true]", fill, probes.behind],
    [
      "tick at the end, to what is behind it",
      ".mfa-done",
      (done) => getComputedStyle(done, "::before").backgroundColor,
      inside,
    ],
  ];
  return dresses.flatMap(({ look, theme }) => {
    Object.assign(document.documentElement.dataset, { look, theme });
    return PAIRS.flatMap(([pair, selector, colour, ground]) =>
      [...panel.querySelectorAll(selector)]
        // What is busy can not be pressed, and WCAG asks nothing of it.
        .filter((element) => element.getAttribute("aria-disabled") !== "true" && element.checkVisibility())
        .map((element) => ({
          pair,
          dress: `${look}, ${theme}`,
          contrast: probes.contrast(colour(element), ground(element)),
          element: probes.describe(element),
        })),
    );
  });
}
