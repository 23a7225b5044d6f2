/** One address and nothing else: a comma or a line break would name further receivers (RFC 5322 section 3.4). */
const ADDRESS = /^[^\s@<>()",:;[\]\\]+@[^\s@<>()",:;[\]\\]+$/;

/** Returns the address that a text is, such as a user name in nearly every tenant, or null. */
export function addressIn(text: string | null | undefined): string | null {
  return text != null && ADDRESS.test(text) ? text : null;
}
