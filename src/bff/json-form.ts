/*
 * Reads a body in the only way in which it can be read: what two parsers might read differently is refused (RFC 8259 sections 4 and
 * 8.1, RFC 7493).
 */

/** Four and eight: a sign-in that carries a draft, the widest body there is, is two deep and has eight names. */
const MAX_DEPTH = 4;
const MAX_KEYS = 8;

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Returns what a JSON body says; null for what is not JSON in UTF-8, is too deep or too wide, or says a name twice. */
export function readForm(bytes: Uint8Array): { body: unknown } | null {
  try {
    const text = utf8.decode(bytes);
    const body: unknown = JSON.parse(text);
    const names = countNames(body, 0);
    return names === countColons(text) ? { body } : null;
  } catch {
    return null;
  }
}

/** Counts the names in a value. Throws for what is too deep, and for text that is not whole (lone surrogates, NUL). */
function countNames(value: unknown, depth: number): number {
  if (typeof value === "string") {
    if (value.includes("\0") || !isWhole(value)) throw new Error("This text is not whole.");
    return 0;
  }
  if (typeof value !== "object" || value === null) return 0;
  if (depth === MAX_DEPTH) throw new Error("This is too deep.");
  let names = 0;
  for (const [name, inner] of Object.entries(value)) {
    names += countNames(name, depth) + countNames(inner, depth + 1) + (Array.isArray(value) ? 0 : 1);
    if (names > MAX_KEYS) throw new Error("This is too wide.");
  }
  return names;
}

/** Counts the colons outside of texts: one for each name, also for one that a parser has dropped as said twice. */
function countColons(text: string): number {
  return text.replace(/"(?:[^"\\]|\\.)*"/g, "").split(":").length - 1;
}

/** A surrogate without its other half has no UTF-8, and everybody writes something else in its place. */
function isWhole(text: string): boolean {
  return !/[\uD800-\uDFFF]/u.test(text);
}
