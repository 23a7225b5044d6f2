import type { Page } from "playwright/test";

/*
 * What the tour draws over the page: a caption below it and a pointer that people can follow. It stands in a shadow root
 * beside the page's own content and uses nothing that the page's policy forbids.
 */

/** Where caption and pointer are kept while the page is loaded anew. */
const KEPT = "tour";

/** Draws a caption and a pointer over every page that is opened from now on; the caret of a picture must not blink. */
export async function addOverlay(page: Page, { hidesCaret }: { hidesCaret: boolean }): Promise<void> {
  await page.addInitScript(drawOverlay, { kept: KEPT, hidesCaret });
}

/** Shows a caption; it stays until the next one. */
export async function showCaption(page: Page, caption: string): Promise<void> {
  await page.evaluate((detail) => document.dispatchEvent(new CustomEvent("tour-caption", { detail })), caption);
}

/** Runs in the page, so it may use nothing from around it. */
function drawOverlay({ kept, hidesCaret }: { kept: string; hidesCaret: boolean }): void {
  const [caption = "", x = "600", y = "400"] = (sessionStorage.getItem(kept) ?? "").split("\n").filter(Boolean);
  const now = { caption, x: Number(x), y: Number(y) };

  const place = document.createElement("div");
  place.setAttribute("aria-hidden", "true");
  const root = place.attachShadow({ mode: "closed" });
  const bar = document.createElement("p");
  bar.className = "bar";
  const pointer = document.createElement("div");
  pointer.className = "pointer";
  const ring = document.createElement("div");
  ring.className = "ring";
  root.append(bar, ring, pointer);

  const look = new CSSStyleSheet();
  look.replaceSync(`
    .bar { position: fixed; inset: auto 0 0; z-index: 2147483646; display: grid; place-items: center; box-sizing: border-box;
      block-size: 68px; margin: 0; padding: 0 24px; background: #101418; color: #ffffff; direction: ltr; text-align: center;
      font: 600 25px/1.2 system-ui, sans-serif; pointer-events: none; }
    .pointer, .ring { position: fixed; inset-block-start: 0; left: 0; z-index: 2147483647; pointer-events: none; }
    .pointer { inline-size: 26px; block-size: 34px; }
    .pointer::before, .pointer::after { position: absolute; inset: 0; background: #000000; content: "";
      clip-path: polygon(0 0, 0 78%, 24% 62%, 42% 100%, 58% 92%, 42% 56%, 75% 55%); }
    .pointer::after { inset: 3px 4px 5px 2px; background: #ffffff; }
    .ring { inline-size: 44px; block-size: 44px; margin: -22px; border: 4px solid #f59e0b; border-radius: 50%; box-sizing: border-box;
      visibility: hidden; }
    .ring[data-pressed] { visibility: visible; }
  `);
  root.adoptedStyleSheets = [look];

  // Room for the caption, so that it covers nothing.
  const room = new CSSStyleSheet();
  room.replaceSync(`
    body { padding-block-end: 68px; }
    .demo-drawer { padding-block-end: 80px !important; }
    :root { scroll-padding-block-end: 90px; }
    ${hidesCaret ? "input { caret-color: transparent; }" : ""}
  `);

  const draw = (): void => {
    bar.textContent = now.caption;
    pointer.style.transform = `translate(${now.x}px, ${now.y}px)`;
    ring.style.transform = pointer.style.transform;
    sessionStorage.setItem(kept, `${now.caption || " "}\n${now.x}\n${now.y}`);
  };
  document.addEventListener("tour-caption", (event) => {
    now.caption = event instanceof CustomEvent ? String(event.detail) : "";
    draw();
  });
  document.addEventListener("mousemove", ({ clientX, clientY }) => {
    now.x = clientX;
    now.y = clientY;
    draw();
  });
  document.addEventListener("mousedown", () => ring.toggleAttribute("data-pressed", true), true);
  document.addEventListener("mouseup", () => ring.toggleAttribute("data-pressed", false), true);
  document.addEventListener("DOMContentLoaded", () => {
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, room];
    document.documentElement.append(place);
    draw();
  });
}
