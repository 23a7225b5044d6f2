import { useEffect, useState } from "react";

/** How long "Copied" stays: time to read one word. */
const COPIED_MS = 2000;

/** Offers the code of a message for pasting, as phones do beside a text. */
export function CopyCode({ code }: { code: string }) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return undefined;
    const timer = setTimeout(() => setCopied(false), COPIED_MS);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = (): void => {
    navigator.clipboard.writeText(code).then(
      () => setCopied(true),
      // Not allowed: the digits are in the message and can be selected there.
      () => setCopied(false),
    );
  };
  return (
    <button type="button" className="demo-copy" onClick={copy} aria-label={`Copy code ${code}`}>
      {copied ? "Copied" : `Copy ${code}`}
    </button>
  );
}
