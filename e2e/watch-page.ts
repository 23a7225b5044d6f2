import type { Page } from "playwright/test";

/** The BFF's own answers: a refusal is something a screen explains, not a fault of the page. */
const REFUSING = /\/api\/mfa\//;

/** A page that is left drops what it was asking for, which is no failure. Chromium says it so, and Firefox. */
const LEFT = ["net::ERR_ABORTED", "NS_BINDING_ABORTED"];

/**
 * Collects what a page complains of: violations of its policy, each of which is an event, console errors and warnings, errors
 * nobody caught, requests that failed, and answers of 400 and above that are not the BFF's refusals. To be called before it is opened.
 */
export async function watchPage(page: Page): Promise<string[]> {
  const complaints: string[] = [];
  await page.addInitScript(tellOfViolations);
  page.on("console", (message) => {
    const grave = message.type() === "error" || message.type() === "warning";
    // Chromium repeats every answer of 400 and above, and every failed request; both are told below, by their address.
    if (grave && !message.text().startsWith("Failed to load resource")) complaints.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => complaints.push(`error: ${error.message}`));
  page.on("requestfailed", (request) => {
    const why = request.failure()?.errorText ?? "unknown";
    if (!LEFT.includes(why)) complaints.push(`failed: ${request.url()} (${why})`);
  });
  page.on("response", (response) => {
    const refused = response.status() >= 400 && response.status() !== 500 && REFUSING.test(response.url());
    if (response.status() >= 400 && !refused) complaints.push(`${String(response.status())}: ${response.url()}`);
  });
  return complaints;
}

/** Runs in the page, and in its frames, before anything of theirs: tells of each violation in the console. */
function tellOfViolations(): void {
  document.addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI }) => {
    console.error(`violated: ${effectiveDirective} by ${blockedURI}`);
  });
}
