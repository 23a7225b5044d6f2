/** Reads a whole number above zero, or its default where it is not set, and adds a sentence to `problems` where it is none. */
export function readCount(
  env: Record<string, string | undefined>,
  asked: { name: string; fallback: number },
  problems: string[],
): number {
  const text = env[asked.name]?.trim();
  if (!text) return asked.fallback;
  if (/^[1-9]\d{0,6}$/.test(text)) return Number(text);
  problems.push(`${asked.name} must be a whole number above zero.`);
  return asked.fallback;
}
