/** Says what the page is told about itself. */
export type PageSettings = {
  /** Origins whose pages may show ours in a frame; none by default. */
  frameAncestors: string[];
};

/**
 * Reads what the page is told about itself, and adds a sentence to `problems` for a list that is wrong. Origins are exact and on https:
 * a wildcard would let in every name below one, and a page on http is anybody's on the way.
 */
export function readPageSettings(env: Record<string, string | undefined>, problems: string[]): PageSettings {
  const text = env["MFA_FRAME_ANCESTORS"]?.trim() ?? "";
  if (text === "" || text === "none") return { frameAncestors: [] };
  const frameAncestors = text.split(",").map((part) => part.trim());
  if (!frameAncestors.every(isExactOrigin))
    problems.push("MFA_FRAME_ANCESTORS must be none, or https origins such as https://app.example.com, with commas.");
  return { frameAncestors };
}

/** The browser compares what the header says with an origin, so it has to be written as one. */
function isExactOrigin(text: string): boolean {
  return URL.canParse(text) && text.startsWith("https://") && new URL(text).origin === text && !/[*;\s]/.test(text);
}
