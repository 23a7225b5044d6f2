import { lazy } from "react";
import type { Step } from "../wizard/state.ts";

/** Loads each screen on which something is typed or saved. The bundler makes a chunk of each of these lines. */
const LOAD = {
  EnterPhone: async () => ({ default: (await import("./screens/enter-phone.tsx")).EnterPhone }),
  EnterEmail: async () => ({ default: (await import("./screens/enter-email.tsx")).EnterEmail }),
  EnterCode: async () => ({ default: (await import("./screens/enter-code.tsx")).EnterCode }),
  EnterProof: async () => ({ default: (await import("./screens/enter-proof.tsx")).EnterProof }),
  EnterPassword: async () => ({ default: (await import("./screens/enter-password.tsx")).EnterPassword }),
  SaveRecoveryCode: async () => ({ default: (await import("./screens/save-recovery-code.tsx")).SaveRecoveryCode }),
  PasswordForm: async () => ({ default: (await import("./parts/password-form.tsx")).PasswordForm }),
} as const;

/** Describes the screens that come last. */
export type LazyScreens = ReturnType<typeof createLazyScreens>;

/** Builds the lazy screens. They are built anew after one could not be loaded, because a failed one stays failed. */
export function createLazyScreens() {
  return {
    EnterPhone: lazy(LOAD.EnterPhone),
    EnterEmail: lazy(LOAD.EnterEmail),
    EnterCode: lazy(LOAD.EnterCode),
    EnterProof: lazy(LOAD.EnterProof),
    EnterPassword: lazy(LOAD.EnterPassword),
    SaveRecoveryCode: lazy(LOAD.SaveRecoveryCode),
    PasswordForm: lazy(LOAD.PasswordForm),
  };
}

const NEXT: { readonly [Name in Step]?: readonly (keyof typeof LOAD)[] } = {
  choosingChannel: ["EnterPhone", "EnterEmail"],
  enteringContact: ["EnterCode"],
  awaitingSend: ["EnterCode"],
  enteringCode: ["SaveRecoveryCode"],
  choosingProof: ["EnterProof"],
};

/** Fetches the screens that are likely next, while this one is read. A failure is met again when it matters. */
export function preloadAfter(step: Step): void {
  for (const part of NEXT[step] ?? []) LOAD[part]().catch(() => {});
}
