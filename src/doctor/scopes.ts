/** What the doctor needs for reading, in the order of its calls. */
export const READ_SCOPES: readonly string[] = [
  "read:clients",
  "read:tenant_settings",
  "read:connections",
  "read:guardian_factors",
  "read:phone_providers",
  "read:email_provider",
  "read:mfa_policies",
];
