import { type RefObject, useCallback, useEffect, useRef } from "react";

/** Describes what is waited for: a code that came as a text, and when that was sent. */
export type AwaitedCode = { readonly isTexted: boolean; readonly sentAt: number };

/**
 * Fills in the code of a text where the browser can read it, once for each text. The waiting ends when the screen goes, when
 * another text is sent, and with what it returns, which is for whoever hands in a code.
 */
export function useTextedCode(screen: RefObject<HTMLElement | null>, { isTexted, sentAt }: AwaitedCode): () => void {
  const waiting = useRef<AbortController | null>(null);
  useEffect(() => {
    if (!isTexted || !("OTPCredential" in window)) return;
    const wait = new AbortController();
    waiting.current = wait;
    const read = async () => {
      const { fillCode, readTextedCode } = await import("./web-otp.ts");
      if (wait.signal.aborted) return;
      const code = await readTextedCode(navigator.credentials, wait.signal);
      if (code !== null && screen.current !== null) fillCode(screen.current, code);
    };
    // Where it cannot be fetched, the code is typed.
    read().catch(() => {});
    return () => wait.abort();
  }, [screen, isTexted, sentAt]);
  return useCallback(() => waiting.current?.abort(), []);
}
