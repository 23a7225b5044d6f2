/** The groups of an IPv6 address that one household or machine is given, and within which it may take any: a /64 (RFC 6177, RFC 7421). */
const NETWORK_GROUPS = 4;
const ALL_GROUPS = 8;

/** Returns what one client has of an address: an IPv4 address itself, the /64 of an IPv6 one. Takes what is an address already. */
export function networkOf(address: string): string {
  if (!address.includes(":")) return address;
  const [before = "", after] = address.toLowerCase().split("%")[0]?.split("::") ?? [];
  const head = groupsIn(before);
  const tail = groupsIn(after ?? "");
  const zeros = Array.from({ length: Math.max(0, ALL_GROUPS - head.length - tail.length) }, () => "0");
  return [...head, ...zeros, ...tail].slice(0, NETWORK_GROUPS).join(":");
}

/** Groups without their leading zeros, so that one network has one spelling. */
function groupsIn(text: string): string[] {
  return text === "" ? [] : text.split(":").map((group) => group.replace(/^0+(?=.)/, ""));
}
