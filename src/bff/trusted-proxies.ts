import { BlockList, isIP } from "node:net";

/*
 * Finds out whose address a request comes from. Only the header `X-Forwarded-For` is read, and only as far as addresses that the
 * operator has named vouch for it; every other spelling of the same is somebody's claim.
 */

/** The prefix of an IPv4 address that a listener for both kinds writes as IPv6 (RFC 4291 section 2.5.5.2). */
const MAPPED = /^::ffff:(?=\d{1,3}\.)/i;

/** Tells whether an address is a proxy that the operator has named. */
export type TrustedProxies = (address: string) => boolean;

/** Reads addresses and networks such as `10.0.0.0/8`. Returns null where one of them is neither. */
export function parseTrustedProxies(texts: readonly string[]): TrustedProxies | null {
  const list = new BlockList();
  for (const text of texts) {
    const [address = "", bits, ...more] = text.split("/");
    const family = familyOf(address);
    const longest = family === "ipv4" ? 32 : 128;
    if (family === null || more.length > 0 || (bits !== undefined && !/^\d{1,3}$/.test(bits))) return null;
    const length = bits === undefined ? longest : Number(bits);
    // Wider than the widest private networks it would trust strangers (RFC 1918, RFC 4193).
    if (length < (family === "ipv4" ? 8 : 7) || length > longest) return null;
    list.addSubnet(address, length, family);
  }
  return (address) => {
    const family = familyOf(address);
    return family !== null && list.check(address, family);
  };
}

/**
 * Returns the address of the client: the peer's, or, while that is a trusted proxy's, the one that it names, from the last entry
 * backwards. What is no address ends the way there: whoever wrote it is as far as is known. Null where nobody is connected.
 */
export function clientAddress(
  peer: string | null,
  forwardedFor: readonly string[],
  isTrusted: TrustedProxies,
): string | null {
  if (peer === null) return null;
  let address = peer.replace(MAPPED, "");
  const entries = forwardedFor.flatMap((line) => line.split(",")).map((entry) => entry.trim().replace(MAPPED, ""));
  for (const entry of entries.toReversed()) {
    if (!isTrusted(address) || familyOf(entry) === null) return address;
    address = entry;
  }
  return address;
}

/** An address with a zone (RFC 6874) means something on one machine alone. */
function familyOf(address: string): "ipv4" | "ipv6" | null {
  if (address.includes("%")) return null;
  const version = isIP(address);
  if (version === 0) return null;
  return version === 4 ? "ipv4" : "ipv6";
}
