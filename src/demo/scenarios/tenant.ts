import { type Scenario, startWithText } from "./scenario.ts";

/** How a tenant is set, and what it cannot do. */
export const TENANT: readonly Scenario[] = [
  {
    name: "recovery-codes-off",
    title: "The tenant hands out no recovery codes.",
    todo: "Type the code that the phone shows.",
    expect: "No recovery code is spoken of: “You’re all set” follows at once.",
    async set({ change, visitor }) {
      change({ recoveryCodes: false });
      await startWithText({ visitor });
    },
  },
  {
    name: "sms-factor-off",
    title: "The tenant has phones switched off.",
    todo: "Add a method, choose Text message, enter +12025550142 and ask for the code.",
    expect: "“This method isn’t available”. Text message is no longer among the choices.",
    async set({ tenant, visitor }) {
      tenant.settings.factors.phone = false;
      await visitor.signIn("robin@example.com");
    },
  },
  {
    name: "tenant-down",
    title: "The tenant’s sign-in is down.",
    todo: "Sign in as robin@example.com with Enroll-Demo-1.",
    expect: "“The service isn’t available”",
    set({ tenant }) {
      tenant.faults.add({ route: "POST /oauth/token", phase: "before", action: { type: "status", status: 503 } });
    },
  },
  {
    name: "tenant-rate-limited",
    title: "The tenant takes no more requests for a minute and a half.",
    todo: "Add a method, choose Text message, enter +12025550142 and ask for the code.",
    expect: "“Too many requests. You can try again at …”",
    async set({ tenant, visitor }) {
      await visitor.signIn("robin@example.com");
      const headers = { "retry-after": "90" };
      const action = { type: "status", status: 429, headers } as const;
      tenant.faults.add({ route: "POST /mfa/associate", phase: "before", action });
    },
  },
  {
    name: "tenant-misconfigured",
    title: "The tenant asks for a second factor without saying how to enroll one.",
    todo: "Sign in as robin@example.com with Enroll-Demo-1.",
    expect: "“This isn’t set up correctly”",
    set({ tenant, change }) {
      change({ policy: "always" });
      tenant.settings.mfaTokenMissing = true;
    },
  },
];
