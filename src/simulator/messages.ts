/** One text message in the GSM alphabet; longer ones are split and billed as several. */
const SMS_LENGTH = 160;

/**
 * Words a text with the code. The last line follows the origin-bound one-time code format (`@host #code`), by which
 * browsers offer the code only on that host; without a host there is no such line.
 */
export function smsText({ brand, code, host }: { brand: string; code: string; host?: string | undefined }): string {
  const tail = host === undefined ? "" : `\n@${host} #${code}`;
  const frame = `Your  code is ${code}. Never share it.`;
  // Characters outside the GSM alphabet would halve the room of a text, so they are left out.
  const name = brand
    .replace(/[^A-Za-z0-9 .,&'()+-]/g, "")
    .slice(0, Math.max(0, SMS_LENGTH - frame.length - tail.length));
  return `Your ${name} code is ${code}. Never share it.${tail}`;
}

/** Words what a call reads aloud: each digit apart, and everything twice. */
export function voiceText({ brand, code }: { brand: string; code: string }): string {
  const digits = code.split("").join(", ");
  return `Hello. Your ${brand} code is: ${digits}. Once more, your code is: ${digits}. Goodbye.`;
}

/** Words the mail with the code. The subject does not hold the code, because lock screens show subjects. */
export function emailText({ brand, code, minutes }: { brand: string; code: string; minutes: number }): {
  subject: string;
  text: string;
} {
  return {
    subject: `Your ${brand} code`,
    text: `Your code is ${code}.\n\nIt works once, for ${minutes} minutes. Never share it.\nIf you did not ask for it, somebody may know your password: change it.\n\n${brand}`,
  };
}
