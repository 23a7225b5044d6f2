/** The first place in a stack that is in a file, without the directories before it. */
const PLACE = /([\w.-]+\.[cm]?[jt]sx?:\d+:\d+)\)?$/m;
/** What kinds of fault are called; any other name may have been made of what somebody typed. */
const KIND = /^[A-Za-z]{0,30}(?:Error|Exception|Failure)$/;

/**
 * Returns what may be told of a fault: its kind, and the file and line it came from. Never its message, which may repeat what
 * somebody typed or what the tenant said.
 */
export function faultOf(error: unknown): string {
  if (!(error instanceof Error)) return "thrown";
  const kind = KIND.test(error.name) ? error.name : "Error";
  // The message stands before the places, and may have been made to look like one.
  const places = (error.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line));
  const [, place] = PLACE.exec(places.join("\n")) ?? [];
  return place === undefined ? kind : `${kind} ${place}`;
}
