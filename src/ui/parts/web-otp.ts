/*
 * Reads the code out of a text with the browser's help (WebOTP): the browser finds the message that names this site, asks the
 * person, and hands over the code alone. It is fetched only where a browser has that.
 */

/** Describes what a browser offers for it: the part of `navigator.credentials` that is used, which no library of types has yet. */
export type TextedCodes = {
  readonly get: (asked: {
    readonly otp: { readonly transport: readonly string[] };
    readonly signal: AbortSignal;
  }) => Promise<unknown>;
};

/** Waits for the code of a text. Null where none is handed over: the person declines, the page stops waiting or may not ask. */
export async function readTextedCode(codes: TextedCodes, signal: AbortSignal): Promise<string | null> {
  try {
    const found = await codes.get({ otp: { transport: ["sms"] }, signal });
    // One that comes as the waiting ends is nobody's any more.
    if (signal.aborted || typeof found !== "object" || found === null || !("code" in found)) return null;
    return typeof found.code === "string" ? found.code : null;
  } catch {
    return null;
  }
}

/**
 * Writes a code into the field for it, as the browser's own filling in would, so that the field reads and submits it by its
 * own rules. What somebody has begun to type stays.
 */
export function fillCode(screen: ParentNode, code: string): void {
  const field = screen.querySelector<HTMLInputElement>("input[autocomplete='one-time-code']");
  if (field === null || field.value !== "") return;
  // Past React, which would take a plain assignment for its own and hear no change.
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value")?.set?.call(field, code);
  field.dispatchEvent(new Event("input", { bubbles: true }));
}
