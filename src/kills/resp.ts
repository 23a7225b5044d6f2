/** A value of the Redis protocol, as far as commands and their answers need it. */
export type RespValue = string | null | RespValue[];

const CR = 13;

/**
 * Reads one whole value of RESP2 (commands are arrays of texts) and says where it ends; null while a part is missing.
 * Numbers, statuses and errors are given as their text.
 */
export function readResp(bytes: Buffer, from = 0): { value: RespValue; end: number } | null {
  const lineEnd = bytes.indexOf(CR, from);
  if (lineEnd < 0 || lineEnd + 2 > bytes.length) return null;
  const kind = String.fromCharCode(bytes[from] ?? 0);
  const line = bytes.toString("utf8", from + 1, lineEnd);
  const next = lineEnd + 2;
  if (kind === "$") {
    const length = Number(line);
    if (length < 0) return { value: null, end: next };
    const end = next + length + 2;
    return end > bytes.length ? null : { value: bytes.toString("utf8", next, next + length), end };
  }
  if (kind !== "*") return { value: line, end: next };
  const items: RespValue[] = [];
  const count = Number(line);
  let end = next;
  while (items.length < count) {
    const item = readResp(bytes, end);
    if (item === null) return null;
    items.push(item.value);
    end = item.end;
  }
  return { value: items, end };
}
