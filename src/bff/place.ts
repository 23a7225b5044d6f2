/** A network of IPv4 that events tell of: coarse enough to name no household, fine enough to see where abuse comes from. */
const IPV4 = /^(\d{1,3}\.\d{1,3}\.\d{1,3})\.\d{1,3}$/;
/** The groups of an IPv6 address that a /48 keeps: what one site is given (RFC 6177). */
const KEPT_GROUPS = 3;
const ALL_GROUPS = 8;

/** Returns the network of an address, /24 or /48, or null where it is none. The address itself is in no log. */
export function placeOf(address: string | null): string | null {
  if (address === null) return null;
  const [, network] = IPV4.exec(address) ?? [];
  if (network !== undefined) return `${network}.0/24`;
  if (!/^[\da-f:]{2,39}(?:%.*)?$/i.test(address)) return null;
  const [text = ""] = address.toLowerCase().split("%");
  const [before = "", after, more] = text.split("::");
  const head = before === "" ? [] : before.split(":");
  const tail = after === undefined || after === "" ? [] : after.split(":");
  const left = after === undefined ? 0 : ALL_GROUPS - head.length - tail.length;
  if (more !== undefined || left < 0 || head.length + left + tail.length !== ALL_GROUPS) return null;
  const groups = [...head, ...Array.from({ length: left }, () => "0"), ...tail];
  if (!groups.every((group) => /^[\da-f]{1,4}$/.test(group))) return null;
  const kept = groups.slice(0, KEPT_GROUPS).map((group) => Number.parseInt(group, 16).toString(16));
  return `${kept.join(":")}::/48`;
}
