/** Describes a field for what is typed as it stands written elsewhere: no browser completes, corrects or turns it around. */
export const VERBATIM_FIELD = {
  className: "mfa-input mfa-verbatim",
  dir: "ltr",
  type: "text",
  autoComplete: "off",
  autoCapitalize: "characters",
  autoCorrect: "off",
  spellCheck: false,
} as const;
