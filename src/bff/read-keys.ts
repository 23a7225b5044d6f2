/** The keys of what is stored, 32 bytes each. */
export type Keys = {
  /** Seals records, and opens them. */
  secretKey: Uint8Array;
  /** Opens records too and never seals: the next key or the last one, while keys are exchanged. */
  otherSecretKey: Uint8Array | null;
  /** Keys the ids under which records stand. It outlives an exchange, for a record must be found before it can be opened. */
  idKey: Uint8Array;
};

/** Reads the keys, and adds a sentence to `problems` for each that is missing or wrong. */
export function readKeys(env: Record<string, string | undefined>, problems: string[]): Keys {
  const key = (name: string): Uint8Array | null => {
    const text = env[name]?.trim() ?? "";
    if (text === "") return null;
    const bytes = Buffer.from(text, "base64");
    if (bytes.length !== 32) problems.push(`${name} must be exactly 32 bytes in base64.`);
    // What a template or an empty buffer leaves behind.
    else if (bytes.every((byte) => byte === 0)) problems.push(`${name} must be drawn at random, and is all zeros.`);
    return bytes;
  };
  const secretKey = key("MFA_SECRET_KEY");
  const otherSecretKey = key("MFA_SECRET_KEY_OTHER");
  const idKey = key("MFA_ID_KEY");
  if (secretKey === null)
    problems.push("MFA_SECRET_KEY is missing: 32 random bytes in base64; make them with: openssl rand -base64 32.");
  // Guessed wrong, nobody's record would be found any more: budgets would begin anew and recovery codes be lost.
  if (otherSecretKey !== null && idKey === null)
    problems.push(
      "MFA_ID_KEY is missing: with MFA_SECRET_KEY_OTHER it must be set to the first MFA_SECRET_KEY there was.",
    );
  const known = secretKey ?? new Uint8Array(32);
  return { secretKey: known, otherSecretKey, idKey: idKey ?? known };
}
