import type { Channel } from "../contract/channel.ts";
import type { Step } from "../wizard/state.ts";
import { lazyPart } from "./lazy-part.ts";

/** The screens on which something is typed or saved. The bundler makes a chunk of each of these lines. */
export const lazyScreens = {
  EnterPhone: lazyPart(async () => (await import("./screens/enter-phone.tsx")).EnterPhone),
  EnterEmail: lazyPart(async () => (await import("./screens/enter-email.tsx")).EnterEmail),
  EnterCode: lazyPart(async () => (await import("./screens/enter-code.tsx")).EnterCode),
  EnterProof: lazyPart(async () => (await import("./screens/enter-proof.tsx")).EnterProof),
  SaveRecoveryCode: lazyPart(async () => (await import("./screens/save-recovery-code.tsx")).SaveRecoveryCode),
} as const;

const NEXT: { readonly [Name in Step]?: readonly (keyof typeof lazyScreens)[] } = {
  enteringContact: ["EnterCode"],
  awaitingSend: ["EnterCode"],
  enteringCode: ["SaveRecoveryCode"],
  choosingProof: ["EnterProof"],
};

/** Fetches the screen on which a contact of this channel is entered. A failure is met again when it matters. */
export function preloadContact(channel: Channel): void {
  lazyScreens[channel === "email" ? "EnterEmail" : "EnterPhone"].preload().catch(() => {});
}

/** Fetches the screens that are likely next, while this one is read. A failure is met again when it matters. */
export function preloadAfter(step: Step): void {
  for (const part of NEXT[step] ?? []) lazyScreens[part].preload().catch(() => {});
}
