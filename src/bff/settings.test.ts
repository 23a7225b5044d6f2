import { describe, expect, test } from "vitest";
import { DEFAULT_PHONE_POLICY } from "../contract/phone-policy.ts";
import { readSettings } from "./settings.ts";

const GOOD = {
  AUTH0_DOMAIN: "example.eu.auth0.com",
  AUTH0_CLIENT_ID: "client",
  AUTH0_CLIENT_SECRET: "secret",
  MFA_PUBLIC_URL: "https://account.example.com",
  MFA_SECRET_KEY: Buffer.alloc(32, 1).toString("base64"),
};

const MANAGEMENT = { AUTH0_MANAGEMENT_CLIENT_ID: "m2m", AUTH0_MANAGEMENT_CLIENT_SECRET: "hush" };
const MAIL = { SMTP_URL: "smtps://user:pass@mail.example.com", MFA_NOTICE_FROM: "Larkmoor <security@example.com>" };

function problemsOf(env: Record<string, string | undefined>): string[] {
  const read = readSettings({ ...GOOD, ...env });
  return "problems" in read ? read.problems : [];
}

describe("the settings", () => {
  test("that are needed are five, and each missing one has its sentence", () => {
    const read = readSettings({});
    const problems = "problems" in read ? read.problems : [];
    expect(problems.map((sentence) => sentence.split(" ")[0] ?? "").toSorted()).toEqual(Object.keys(GOOD).toSorted());
    for (const sentence of problems) expect(sentence).toMatch(/^[A-Z0-9_]+ is missing: .+\.$/);
  });

  test("that are not given have their defaults", () => {
    const read = readSettings(GOOD);
    expect("settings" in read && read.settings).toMatchObject({
      tenant: {
        issuer: "https://example.eu.auth0.com/",
        mfaAudience: "https://example.eu.auth0.com/mfa/",
        realm: null,
      },
      publicUrl: "https://account.example.com",
      basePath: "/api/mfa",
      signInWays: ["redirect"],
      channels: ["sms", "voice", "email"],
      returnTo: ["/"],
      proofSeconds: 300,
      idleSeconds: 900,
    });
  });

  test("take everything that can be said", () => {
    const read = readSettings({
      ...GOOD,
      AUTH0_DOMAIN: "http://127.0.0.1:4310",
      AUTH0_MFA_AUDIENCE: "https://tenant.example/mfa/",
      AUTH0_REALM: "People",
      MFA_PUBLIC_URL: "http://localhost:4300",
      MFA_SIGN_IN: "redirect, password",
      MFA_CHANNELS: "email",
      MFA_RETURN_TO: "/settings,/account/security",
      MFA_BASE_PATH: "/account/mfa",
      MFA_PROOF_SECONDS: "120",
    });
    expect("settings" in read && read.settings).toMatchObject({
      tenant: { issuer: "http://127.0.0.1:4310/", mfaAudience: "https://tenant.example/mfa/", realm: "People" },
      signInWays: ["redirect", "password"],
      channels: ["email"],
      returnTo: ["/settings", "/account/security"],
      basePath: "/account/mfa",
      proofSeconds: 120,
    });
  });

  test("serve every country by default, and as many as are listed, in any case and order", () => {
    const policyOf = (env: Record<string, string>) => {
      const told = readSettings({ ...GOOD, ...env });
      return "settings" in told ? told.settings.phonePolicy : null;
    };
    expect(policyOf({})).toBe(DEFAULT_PHONE_POLICY);
    expect(policyOf({ MFA_SMS_COUNTRIES: "us, ca,DE,US", MFA_VOICE_KINDS: "fixed_line, mobile" })).toEqual({
      sms: { ...DEFAULT_PHONE_POLICY.sms, countries: ["US", "CA", "DE"] },
      voice: { countries: "all", kinds: ["mobile", "fixed_line"] },
    });
    expect(policyOf({ MFA_VOICE_COUNTRIES: "all" })).toEqual(DEFAULT_PHONE_POLICY);
    for (const none of ["", " ", "none", "NONE", ","])
      expect(policyOf({ MFA_SMS_COUNTRIES: none })?.sms.countries, none).toEqual([]);
    expect(policyOf({ MFA_SMS_KINDS: "" })?.sms.kinds).toEqual([]);
  });

  test("name the countries that are none, because a list of them can be long", () => {
    expect(problemsOf({ MFA_SMS_COUNTRIES: "US,UK,DEU" })).toEqual([
      expect.stringMatching(/^MFA_SMS_COUNTRIES must .+; not UK, DEU\.$/),
    ]);
  });

  test("have one key by default, and with another one ask which key the ids go by", () => {
    const read = readSettings(GOOD);
    const secretKey = Buffer.alloc(32, 1);
    expect("settings" in read && read.settings).toMatchObject({
      keys: { secretKey, otherSecretKey: null, idKey: secretKey },
    });
    const other = { MFA_SECRET_KEY_OTHER: Buffer.alloc(32, 2).toString("base64") };
    expect(problemsOf(other)).toEqual([expect.stringMatching(/^MFA_ID_KEY is missing: .+\.$/)]);
    expect(problemsOf({ ...other, MFA_ID_KEY: GOOD.MFA_SECRET_KEY })).toEqual([]);
  });

  test("may leave out what is optional, and say what goes without it", () => {
    const read = readSettings(GOOD);
    expect("settings" in read && read.settings).toMatchObject({
      management: null,
      mail: null,
      notYouUrl: "https://account.example.com",
    });
    const told = readSettings({ ...GOOD, ...MANAGEMENT, ...MAIL, MFA_NOT_YOU_URL: "https://help.example.com/account" });
    expect("settings" in told && told.settings).toMatchObject({
      management: { clientId: "m2m", clientSecret: "hush", audience: "https://example.eu.auth0.com/api/v2/" },
      mail: { smtpUrl: "smtps://user:pass@mail.example.com", from: "Larkmoor <security@example.com>" },
      notYouUrl: "https://help.example.com/account",
    });
    const custom = readSettings({ ...GOOD, ...MANAGEMENT, AUTH0_MANAGEMENT_AUDIENCE: "https://own.auth0.com/api/v2/" });
    expect("settings" in custom && custom.settings.management?.audience).toBe("https://own.auth0.com/api/v2/");
  });

  test.each([
    ["AUTH0_MANAGEMENT_CLIENT_ID", "AUTH0_MANAGEMENT_CLIENT_SECRET"],
    ["AUTH0_MANAGEMENT_CLIENT_SECRET", "AUTH0_MANAGEMENT_CLIENT_ID"],
    ["SMTP_URL", "MFA_NOTICE_FROM"],
    ["MFA_NOTICE_FROM", "SMTP_URL"],
  ])("%s alone asks for %s in one sentence", (given, missing) => {
    const values: Record<string, string> = { ...MANAGEMENT, ...MAIL };
    expect(problemsOf({ [given]: values[given] })).toEqual([
      `${missing} is missing: ${given} means nothing without it.`,
    ]);
  });

  test.each([
    ["AUTH0_MANAGEMENT_AUDIENCE", "https://example.eu.auth0.com/api/v2"],
    ["AUTH0_MANAGEMENT_AUDIENCE", "nowhere"],
    ["SMTP_URL", "https://mail.example.com"],
    ["SMTP_URL", "smtp://"],
    ["MFA_NOTICE_FROM", "nobody"],
    ["MFA_NOTICE_FROM", "a@example.com\r\nBcc: b@example.com"],
    ["MFA_NOT_YOU_URL", "http://help.example.com"],
    ["MFA_NOT_YOU_URL", "https://help.example.com/?token=1"],
    ["MFA_NOT_YOU_URL", "help"],
  ])("name %s when it is %j beside its pair, in one sentence", (name, value) => {
    const problems = problemsOf({ ...MANAGEMENT, ...MAIL, [name]: value });
    expect(problems).toEqual([expect.stringMatching(new RegExp(`^${name} must .+\\.$`))]);
  });

  const bad: [string, string][] = [
    ["AUTH0_DOMAIN", "http://example.eu.auth0.com"],
    ["AUTH0_DOMAIN", "example.eu.auth0.com/path"],
    ["AUTH0_DOMAIN", "not a host"],
    ["AUTH0_DOMAIN", "https://somebody@example.com"],
    ["MFA_PUBLIC_URL", "http://account.example.com"],
    ["MFA_PUBLIC_URL", "account.example.com"],
    ["MFA_PUBLIC_URL", "https://account.example.com/path"],
    ["MFA_PUBLIC_URL", "https://account.example.com/#x"],
    ["MFA_SECRET_KEY", "dG9vIHNob3J0"],
    ["MFA_ID_KEY", "dG9vIHNob3J0"],
    ["MFA_SECRET_KEY", Buffer.alloc(32).toString("base64")],
    ["MFA_TRUSTED_PROXIES", "0.0.0.0/7"],
    ["MFA_TRUSTED_PROXIES", "::/6"],
    ["MFA_SIGN_IN", "magic"],
    ["MFA_SIGN_IN", ","],
    ["MFA_CHANNELS", "sms,fax"],
    ["MFA_CHANNELS", ","],
    ["MFA_RETURN_TO", "https://evil.example/"],
    ["MFA_RETURN_TO", "//evil.example"],
    ["MFA_RETURN_TO", "/settings?tab=1"],
    ["MFA_RETURN_TO", ","],
    ["MFA_BASE_PATH", "api"],
    ["MFA_BASE_PATH", "/api/../mfa"],
    ["MFA_SMS_COUNTRIES", "Germany"],
    ["MFA_SMS_COUNTRIES", "US;CA"],
    ["MFA_SMS_COUNTRIES", "all,US"],
    ["MFA_VOICE_COUNTRIES", "EU"],
    ["MFA_SMS_KINDS", "landline"],
    ["MFA_VOICE_KINDS", "mobile,premium"],
    ["MFA_PROOF_SECONDS", "0"],
    ["MFA_PROOF_SECONDS", "five"],
    ["MFA_TOKEN_SECONDS", "-1"],
    ["MFA_IDLE_SECONDS", "1.5"],
    ["MFA_SESSION_SECONDS", "99999999"],
    ["MFA_SENDS_PER_ENROLLMENT", "x"],
    ["MFA_SENDS_PER_HOUR", "x"],
    ["MFA_TRIES_PER_CODE", "x"],
    ["MFA_TRIES_PER_HOUR", "x"],
    ["MFA_SENDS_PER_IP_HOUR", "0"],
    ["MFA_SENDS_PER_DAY", "x"],
    ["MFA_TRUSTED_PROXIES", "proxy.example.com"],
    ["MFA_TRUSTED_PROXIES", "10.0.0.0/0"],
    ["MFA_RECOVERY_HOLD_SECONDS", "x"],
    ["MFA_LIST_MAX_AGE_SECONDS", "x"],
  ];
  test.each(bad)("name %s when it is %j, in one sentence that does not repeat it", (name, value) => {
    const problems = problemsOf({ [name]: value });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(new RegExp(`^${name} must .+\\.$`));
    if (value.length > 5) expect(problems[0]).not.toContain(value);
  });

  test("name all that is wrong at once", () => {
    expect(problemsOf({ AUTH0_DOMAIN: undefined, MFA_SIGN_IN: "x", MFA_CHANNELS: "x" })).toHaveLength(3);
  });
});
