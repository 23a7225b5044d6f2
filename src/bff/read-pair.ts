/** Reads two settings that mean something together alone: both, or null for neither. One without the other is a problem in a sentence. */
export function readPair(
  env: Record<string, string | undefined>,
  [first, second]: [string, string],
  problems: string[],
): [string, string] | null {
  const one = env[first]?.trim() ?? "";
  const other = env[second]?.trim() ?? "";
  if (one !== "" && other !== "") return [one, other];
  if (one !== "") problems.push(`${second} is missing: ${first} means nothing without it.`);
  if (other !== "") problems.push(`${first} is missing: ${second} means nothing without it.`);
  return null;
}
