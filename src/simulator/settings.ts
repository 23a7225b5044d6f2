/** A token bucket: so many at once, then one more each `refillSeconds`. */
export interface BucketRule {
  burst: number;
  refillSeconds: number;
}

/** Every switch of the tenant. Change a member in place; the next request sees it. */
export interface Settings {
  /** Name in messages, pages and `otpauth` labels. */
  brand: string;
  /** Factors of the tenant. `phone` covers text and call, as in Auth0's own API. */
  factors: { phone: boolean; email: boolean; otp: boolean; push: boolean; recoveryCode: boolean };
  /** Kinds of phone message; with both on, one enrollment makes two entries. */
  phoneMessageTypes: { sms: boolean; voice: boolean };
  /** Factors that the plan pays for; another one cannot be switched on by the Management API. */
  plan: { phone: boolean; email: boolean; otp: boolean; push: boolean; recoveryCode: boolean };
  /** `never` asks for a second factor only for the MFA audience, `always` at every sign-in. */
  policy: "never" | "always";
  /** The policy is Adaptive MFA (`confidence-score`), which is `never` where no risk is seen, as here. */
  adaptivePolicy: boolean;
  /** "Customize MFA factors using Actions": the policy counts for nothing, and an Action asks at every sign-in. */
  customizeMfaInAction: boolean;
  /** Connection that plain `password` signs in to; empty means none, which answers 500 as Auth0 does. */
  defaultDirectory: string;
  /** Who carries texts and calls, as chosen under Guardian: `auth0` is for trials and makes no calls, `none` was never chosen. */
  phoneProvider: "none" | "auth0" | "twilio" | "phone-message-hook";
  /** The account at Twilio; empty members are not set. */
  twilio: { from: string; messagingServiceSid: string; sid: string; authToken: string };
  /** The one provider of newer tenants, which stands in place of Guardian's. */
  unifiedPhoneProvider: "none" | "twilio" | "custom";
  /** How an enrollment by phone ends where nobody carries messages: not documented. */
  withoutPhoneProvider: "refused" | "undelivered";
  /** Words of texts. They are kept and given back; what is sent is worded by the tenant itself. */
  phoneTemplates: { enrollment: string; verification: string };
  /** The tenant's own carrier of mail; `none` leaves Auth0's, which is for tests. */
  emailProvider: "none" | "smtp";
  /** The Early Access "Customizable MFA": adds `mfa_requirements` and the `type` of authenticators. */
  customizableMfa: boolean;
  /** `mfa_required` comes without `mfa_token`, as when an Action imposes MFA on the password grant. */
  mfaTokenMissing: boolean;
  /** A passed MFA grant answers once more with `mfa_required` and a new token. */
  chainedMfa: boolean;
  /** What an `mfa_token` is worth after a successful verification. */
  usedMfaToken: "stays" | "refused";
  /** Whether an `oob_code` must come back with the very credential that started it. */
  oobCodeBinding: "credential" | "person";
  /** Whether the earlier `oob_code` still works after a new associate or challenge. */
  oldOobCodeSurvives: { associate: boolean; challenge: boolean };
  /** How an `oob_code` that was used already, or replaced, is refused. */
  deadOobCode: "invalidCode" | "expired";
  /** While too many codes failed: say so, or go on calling right codes wrong (a reported behaviour). */
  lockedOut: "tooMany" | "stillInvalid";
  /** A confirmed enrollment answers with a new `recovery_code`. */
  rotateRecoveryCodeOnConfirm: boolean;
  /** What becomes of the recovery code when the last active factor is deleted. */
  recoveryCodeAfterLastDelete: "inactive" | "kept" | "deleted";
  /** After the last factor went, the next enrollment counts as a first one and brings a new recovery code. */
  newRecoveryCodeAfterLastDelete: boolean;
  /** How a denied push is told: as recorded (400 `access_denied`) or as documented (403 `invalid_grant`). */
  pushRejected: "recorded" | "documented";
  /** How `/mfa/challenge` refuses someone without authenticators. */
  notEnrolledAtChallenge: "unsupportedChallengeType" | "associationRequired";
  /** How a wrong client secret is told; the words depend on the age of a tenant. */
  wrongClientSecret: "invalidClient" | "accessDenied";
  /** Sends `Retry-After` with 429; Auth0 documents it for neither `/oauth/token` nor `/mfa/*`. */
  retryAfter: boolean;
  /** Leaves `scope` out of token answers, which OAuth allows when it is what was asked for. */
  omitScope: boolean;
  /** Refuses authorization requests without PKCE S256. Auth0 itself does not insist. */
  requirePkce: boolean;
  /** A refresh token is replaced at each use and dies, with its family, when used twice. */
  refreshRotation: boolean;
  /** `audience` in the refresh grant may name another API. */
  multiResourceRefresh: boolean;
  /** Unconfirmed and confirmed entries of one type a person may have. */
  entityLimit: number;
  /** A pending push polled again sooner than this is told `slow_down`; 0 means never. */
  pollSeconds: number;
  /** Lifetimes in seconds. */
  seconds: {
    mfaToken: number;
    mfaJwt: number;
    oobCode: number;
    accessToken: number;
    idToken: number;
    authorizationCode: number;
    refreshToken: number;
    session: number;
    managementToken: number;
  };
  /** Statuses that no source settles. */
  statuses: {
    malformed: number;
    expired: number;
    tooManyCodes: number;
    tooManyMessages: number;
    slowDown: number;
    invalidPhone: number;
    verifierDisabled: number;
    tooManyEntities: number;
    unknownAuthenticator: number;
    undeletable: number;
    connectionDisabled: number;
    phoneProviderMissing: number;
    factorOutsidePlan: number;
  };
  limits: {
    /** Every answer's `x-ratelimit-*` come from this one; the published numbers of the free plan. */
    api: BucketRule;
    /** Exchanges of an `oob_code` per `mfa_token`. */
    oobExchange: BucketRule;
    badCodes: BucketRule;
    badRecoveryCodes: BucketRule;
    /** Texts and calls share it: nothing is published for calls. */
    phoneMessages: BucketRule;
    emails: BucketRule;
    pushes: BucketRule;
    /** Wrong passwords of one person from one address. */
    badPasswords: BucketRule;
    /** All calls of the Management API together. */
    management: BucketRule;
  };
}

/** Gives a tenant as Auth0's documents and recordings describe it, with every undecided switch at its safest reading. */
export function defaultSettings(): Settings {
  return {
    brand: "Meridian",
    factors: { phone: true, email: true, otp: true, push: true, recoveryCode: true },
    phoneMessageTypes: { sms: true, voice: true },
    plan: { phone: true, email: true, otp: true, push: true, recoveryCode: true },
    policy: "never",
    adaptivePolicy: false,
    customizeMfaInAction: false,
    defaultDirectory: "Username-Password-Authentication",
    phoneProvider: "twilio",
    twilio: {
      from: "+12025550100",
      messagingServiceSid: "",
      sid: "AC00000000000000000000000000000000",
      authToken: "simulated-twilio-auth-token",
    },
    unifiedPhoneProvider: "none",
    withoutPhoneProvider: "refused",
    phoneTemplates: {
      enrollment:
        "{{code}} is your verification code for {{tenant.friendly_name}}. Please enter it to verify your enrollment.",
      verification: "{{code}} is your verification code for {{tenant.friendly_name}}",
    },
    emailProvider: "smtp",
    customizableMfa: false,
    mfaTokenMissing: false,
    chainedMfa: false,
    usedMfaToken: "stays",
    oobCodeBinding: "credential",
    oldOobCodeSurvives: { associate: true, challenge: false },
    deadOobCode: "invalidCode",
    lockedOut: "tooMany",
    rotateRecoveryCodeOnConfirm: false,
    recoveryCodeAfterLastDelete: "inactive",
    newRecoveryCodeAfterLastDelete: true,
    pushRejected: "recorded",
    notEnrolledAtChallenge: "unsupportedChallengeType",
    wrongClientSecret: "invalidClient",
    retryAfter: false,
    omitScope: false,
    requirePkce: true,
    refreshRotation: true,
    multiResourceRefresh: false,
    entityLimit: 50,
    pollSeconds: 0,
    seconds: {
      mfaToken: 600,
      mfaJwt: 600,
      oobCode: 300,
      accessToken: 86_400,
      idToken: 36_000,
      authorizationCode: 60,
      refreshToken: 2_592_000,
      session: 259_200,
      managementToken: 86_400,
    },
    statuses: {
      malformed: 403,
      expired: 401,
      tooManyCodes: 429,
      tooManyMessages: 429,
      slowDown: 429,
      invalidPhone: 400,
      verifierDisabled: 401,
      tooManyEntities: 400,
      unknownAuthenticator: 403,
      undeletable: 403,
      connectionDisabled: 400,
      phoneProviderMissing: 502,
      factorOutsidePlan: 403,
    },
    limits: {
      api: { burst: 300, refillSeconds: 0.2 },
      oobExchange: { burst: 12, refillSeconds: 5 },
      badCodes: { burst: 10, refillSeconds: 360 },
      badRecoveryCodes: { burst: 10, refillSeconds: 360 },
      phoneMessages: { burst: 10, refillSeconds: 3600 },
      emails: { burst: 20, refillSeconds: 60 },
      pushes: { burst: 5, refillSeconds: 12 },
      badPasswords: { burst: 10, refillSeconds: 6 },
      // Two a second on the free plan.
      management: { burst: 10, refillSeconds: 0.5 },
    },
  };
}
