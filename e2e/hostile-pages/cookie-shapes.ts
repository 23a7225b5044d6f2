/*
 * What a name below ours can put into the jar that our page is asked with. Each is a Set-Cookie line as its server writes it,
 * byte by byte (RFC 6265bis section 5.7); ours is `__Host-mfa`.
 */

/** The session id of somebody else, whom the victim would then act for. */
export interface Planted {
  id: string;
}

const NAME = "__Host-mfa";
const WIDE = "Domain=app.test; Path=/; Secure";

/** Lists the shapes, each with the lines that make it. */
export function cookieShapes({ id }: Planted): readonly (readonly [what: string, lines: readonly string[]])[] {
  const flipped = `${id.startsWith("A") ? "B" : "A"}${id.slice(1)}`;
  const bytes = (...codes: readonly number[]): string => String.fromCharCode(...codes);
  return [
    // Malformed
    ["without a value", [`${NAME}=; ${WIDE}`]],
    ["without a sign", [`${NAME}; ${WIDE}`]],
    ["without a name", [`=${id}; ${WIDE}`]],
    ["in quotes", [`${NAME}="${id}"; ${WIDE}`]],
    ["after a version", [`$Version=1; ${WIDE}`, `${NAME}=${id}; ${WIDE}`]],
    ["with a control byte", [`${NAME}${bytes(1)}=${id}; ${WIDE}`]],
    ["with a tab", [`${NAME}\t=${id}; ${WIDE}`]],
    ["of 4 KiB", [`${NAME}x=${"x".repeat(4000)}; ${WIDE}`]],
    // Duplicates
    ["for the domain", [`${NAME}=${id}; ${WIDE}`]],
    ["for the domain, without Secure", [`${NAME}=${id}; Domain=app.test; Path=/`]],
    ["for the path of the API", [`${NAME}=${id}; Domain=app.test; Path=/api/mfa; Secure`]],
    ["for one door alone", [`${NAME}=${id}; Domain=app.test; Path=/api/mfa/session; Secure`]],
    ["twice", [`${NAME}=${id}; ${WIDE}`, `${NAME}=${id}; Domain=app.test; Path=/api; Secure`]],
    ["in capitals", [`__HOST-MFA=${id}; ${WIDE}`]],
    ["in lower case", [`__host-mfa=${id}; ${WIDE}`]],
    ["for the host of theirs", [`${NAME}=${id}; Path=/; Secure`]],
    ["under the name that http has", [`mfa=${id}; ${WIDE}`]],
    // Tricks with the prefix
    ["after a space of Unicode, U+2000", [`${bytes(0xe2, 0x80, 0x80)}${NAME}=${id}; ${WIDE}`]],
    ["after a space of Unicode, U+3000", [`${bytes(0xe3, 0x80, 0x80)}${NAME}=${id}; ${WIDE}`]],
    ["after the byte 0xA0", [`${bytes(0xa0)}${NAME}=${id}; ${WIDE}`]],
    ["after the byte 0x85", [`${bytes(0x85)}${NAME}=${id}; ${WIDE}`]],
    ["before the byte 0xA0", [`${NAME}${bytes(0xa0)}=${id}; ${WIDE}`]],
    ["with no name and ours in the value", [`=${NAME}=${id}; ${WIDE}`]],
    ["with two signs", [`${NAME}==${id}; ${WIDE}`]],
    ["inside another one's value", [`theirs=1, ${NAME}=${id}; ${WIDE}`]],
    ["inside another one's value, in quotes", [`theirs="; ${NAME}=${id}; ${WIDE}`]],
    ["with the prefix of a domain", [`__Secure-mfa=${id}; ${WIDE}`]],
    ["with the prefix of http alone", [`__Host-Http-mfa=${id}; ${WIDE}`]],
    // What is not a session of anybody
    ["with a bit flipped", [`${NAME}=${flipped}; ${WIDE}`]],
    ["cut short", [`${NAME}=${id.slice(0, -1)}; ${WIDE}`]],
    ["with more at its end", [`${NAME}=${id}A; ${WIDE}`]],
    ["of everybody, for ever", [`${NAME}=${id}; ${WIDE}; Max-Age=31536000`]],
    ["for a partition", [`${NAME}=${id}; ${WIDE}; Partitioned; SameSite=None`]],
    ["that ends ours", [`${NAME}=; ${WIDE}; Max-Age=0`]],
  ];
}
