import { type ComponentType, type LazyExoticComponent, lazy } from "react";
import type { Step } from "../wizard/state.ts";

/** Loads each part once it is needed. The bundler makes a chunk of each of these lines. */
const LOAD = {
  EnterPhone: () => import("./screens/enter-phone.tsx").then((part) => part.EnterPhone),
  EnterEmail: () => import("./screens/enter-email.tsx").then((part) => part.EnterEmail),
  EnterCode: () => import("./screens/enter-code.tsx").then((part) => part.EnterCode),
  EnterProof: () => import("./screens/enter-proof.tsx").then((part) => part.EnterProof),
  EnterPassword: () => import("./screens/enter-password.tsx").then((part) => part.EnterPassword),
  SaveRecoveryCode: () => import("./screens/save-recovery-code.tsx").then((part) => part.SaveRecoveryCode),
  Aside: () => import("./screens/aside.tsx").then((part) => part.Aside),
  Removal: () => import("./parts/removal.tsx").then((part) => part.Removal),
  PasswordForm: () => import("./parts/password-form.tsx").then((part) => part.PasswordForm),
  ProblemNotice: () => import("./parts/problem-notice.tsx").then((part) => part.ProblemNotice),
} as const;

const loadSentences = () => import("./messages/later-sentences.tsx");

function spoken<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
): LazyExoticComponent<ComponentType<Props>> {
  return lazy(async () => {
    const [part, { withLaterSentences }] = await Promise.all([load(), loadSentences()]);
    return { default: withLaterSentences(part) };
  });
}

/** Describes the parts that come later than the first screen. */
export type LazyScreens = ReturnType<typeof createLazyScreens>;

/** Builds the lazy parts. They are built anew after one could not be loaded, because a failed one stays failed. */
export function createLazyScreens() {
  return {
    EnterPhone: spoken(LOAD.EnterPhone),
    EnterEmail: spoken(LOAD.EnterEmail),
    EnterCode: spoken(LOAD.EnterCode),
    EnterProof: spoken(LOAD.EnterProof),
    EnterPassword: spoken(LOAD.EnterPassword),
    SaveRecoveryCode: spoken(LOAD.SaveRecoveryCode),
    Aside: spoken(LOAD.Aside),
    Removal: spoken(LOAD.Removal),
    PasswordForm: spoken(LOAD.PasswordForm),
    ProblemNotice: spoken(LOAD.ProblemNotice),
  };
}

const NEXT: { readonly [Name in Step]?: readonly (keyof typeof LOAD)[] } = {
  closed: ["Removal"],
  choosingChannel: ["EnterPhone", "EnterEmail"],
  enteringContact: ["EnterCode", "Aside"],
  awaitingSend: ["EnterCode"],
  enteringCode: ["SaveRecoveryCode", "Aside"],
  choosingProof: ["EnterProof"],
};

/** Fetches the code of the screens that are likely next, while this one is read. A failure is met again when it matters. */
export function preloadAfter(step: Step): void {
  const next = NEXT[step] ?? [];
  for (const load of next.map((part) => LOAD[part])) load().catch(() => {});
  if (next.length > 0) loadSentences().catch(() => {});
}
