import type { Tongue } from "./messages/sentence.ts";

/** Describes what a device can do with a recovery code. Each says whether it worked, and none throws. */
export type RecoveryDevices = {
  readonly copy: (text: string) => Promise<boolean>;
  readonly download: (name: string, text: string) => boolean;
  /** Prints the lines in the language and direction of the page they are printed from. */
  readonly print: (lines: readonly string[], tongue?: Pick<Tongue, "locale" | "direction">) => boolean;
  /** Takes back what still holds the code, such as a sheet whose printing never reported its end. */
  readonly forget?: () => void;
  /** Null where the platform has no way of sharing text. Somebody who thinks better of it has been denied nothing. */
  readonly share: ((text: string) => Promise<boolean>) | null;
};

/** Returns what this browser can do, asked when the screen is there and not while it is rendered. */
export function browserDevices(): RecoveryDevices {
  const mayShare = typeof navigator.canShare !== "function" || navigator.canShare({ text: " " });
  const canShare = typeof navigator.share === "function" && mayShare;
  return {
    copy: (text) => worked(() => navigator.clipboard.writeText(text)),
    share: canShare ? (text) => worked(() => navigator.share({ text }), "AbortError") : null,
    download,
    print,
    forget,
  };
}

/** A missing interface throws where a denied one rejects: both are a no. A failure of the name `but` is none. */
async function worked(act: () => Promise<void>, but?: DOMException["name"]): Promise<boolean> {
  try {
    await act();
    return true;
  } catch (failure) {
    return failure instanceof DOMException && failure.name === but;
  }
}

function download(name: string, text: string): boolean {
  try {
    const address = URL.createObjectURL(new Blob([text], { type: "text/plain;charset=utf-8" }));
    const link = document.createElement("a");
    link.href = address;
    link.download = name;
    link.click();
    // Revoked in a later turn: some browsers start reading only after the click has returned.
    setTimeout(() => URL.revokeObjectURL(address), 0);
    return true;
  } catch {
    return false;
  }
}

/** A card of 86 by 54 mm fits a wallet (ISO/IEC 7810 ID-1); the code is set in a type that tells 0 from O. */
const SHEET = `
  @page { margin: 15mm }
  body { font: 11pt/1.5 system-ui, sans-serif; color: #000; background: #fff }
  main { width: 86mm; min-height: 54mm; padding: 4mm; border: 1px dashed #666; border-radius: 3mm; box-sizing: border-box }
  p { margin: 0 0 2mm } .code { font: 700 13pt/1.4 ui-monospace, monospace; direction: ltr }
`;

/**
 * Prints a sheet of its own in a frame of its own, so that nothing of the host's page is printed and nothing of it has to
 * be hidden. It is built node by node, because a strict policy allows neither HTML strings nor style elements.
 */
function print(lines: readonly string[], { locale, direction }: Partial<Tongue> = {}): boolean {
  forget();
  const frame = document.createElement("iframe");
  sheets.add(frame);
  try {
    // Not `hidden`: Firefox prints nothing from a frame that is not laid out.
    frame.width = "0";
    frame.height = "0";
    frame.frameBorder = "0";
    frame.tabIndex = -1;
    frame.setAttribute("aria-hidden", "true");
    document.body.append(frame);
    const inside = frame.contentWindow;
    const page = frame.contentDocument;
    if (inside === null || page === null || typeof inside.print !== "function") throw new Error("No frame to print.");
    const card = page.createElement("main");
    for (const [index, line] of lines.entries()) {
      const paragraph = page.createElement("p");
      paragraph.textContent = line;
      if (index === 1) paragraph.className = "code";
      card.append(paragraph);
    }
    page.title = lines[0] ?? "";
    page.documentElement.lang = locale ?? "";
    page.documentElement.dir = direction ?? "ltr";
    page.body.append(card);
    dress(page);
    inside.addEventListener("afterprint", forget);
    // A page that is put away must not be shown again with the code in it.
    window.addEventListener("pagehide", forget, { once: true });
    inside.print();
    return true;
  } catch {
    forget();
    return false;
  }
}

/** The frames that hold a sheet; one at most, and outside of the screen that made it. */
const sheets = new Set<HTMLIFrameElement>();

function forget(): void {
  for (const frame of sheets) frame.remove();
  sheets.clear();
}

function dress(page: Document) {
  const Sheet = page.defaultView?.CSSStyleSheet;
  if (Sheet === undefined) return;
  const sheet = new Sheet();
  sheet.replaceSync(SHEET);
  page.adoptedStyleSheets = [sheet];
}
