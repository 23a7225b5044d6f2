/**
 * Settings under which no count over all accounts stands in the way: for the demo, and for runs that send more from one address, or
 * to one range of numbers, than people do. What is counted for one account stays as it is. Never for a server that people reach.
 */
export const GENEROUS_LIMITS: Readonly<Record<string, string>> = Object.fromEntries(
  [
    "MFA_SENDS_PER_VISIT_HOUR",
    "MFA_SENDS_PER_IP_HOUR",
    "MFA_SENDS_PER_CONTACT_TEN_MINUTES",
    "MFA_SENDS_PER_PREFIX_HOUR",
    "MFA_SENDS_PER_COUNTRY_HOUR",
    "MFA_SENDS_PER_DOMAIN_HOUR",
    "MFA_SENDS_PER_DAY",
    "MFA_UNENTERED_PER_PREFIX_HOUR",
    "MFA_UNENTERED_PER_COUNTRY_HOUR",
    "MFA_UNENTERED_PER_HOUR",
    "MFA_SIGN_INS_PER_NAME_HOUR",
    "MFA_SIGN_INS_PER_IP_HOUR",
    "MFA_SIGN_INS_BEGUN_PER_IP_HOUR",
  ].map((name) => [name, "9999999"]),
);
