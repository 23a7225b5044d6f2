/** Masks a number as recorded: every character but the last four becomes X, the plus sign too. */
export function maskPhone(number: string): string {
  return "X".repeat(Math.max(0, number.length - 4)) + number.slice(-4);
}

/** Masks an address as recorded: first four of a longer local part, first four of the domain, stars of fixed length. */
export function maskEmail(address: string): string {
  const at = address.lastIndexOf("@");
  const local = address.slice(0, at);
  const shown = local.length > 4 ? local.slice(0, 4) : "";
  return `${shown}****@${address.slice(at + 1, at + 5)}*******`;
}
