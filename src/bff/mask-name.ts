import { maskEmail } from "../contract/email.ts";

/** Returns a name as a page may show it: an address masked as addresses are, each word of a name by its first letter. */
export function maskName(name: string): string {
  if (name.includes("@")) return maskEmail(name);
  const words = name.trim().split(/\s+/).filter(Boolean);
  return words.map((word) => `${[...word][0] ?? ""}•••`).join(" ") || "•••";
}
