import type { SessionView } from "../contract/session-view.ts";

const ID = "session";

/** Writes the session into the page as a block of data, which no browser runs. */
export function sessionScript(view: SessionView): string {
  // The one thing in JSON that could end the block (HTML section 4.12.1.3).
  const json = JSON.stringify(view).replaceAll("<", "\\u003c");
  return `<script type="application/json" id="${ID}">${json}</script>`;
}

/** Reads what the server has written, which was held against the contract there; undefined where it has written nothing. */
export function readSession(page: Document): SessionView | undefined {
  const written: unknown = JSON.parse(page.getElementById(ID)?.textContent ?? "null");
  return isView(written) ? written : undefined;
}

function isView(written: unknown): written is SessionView {
  return written !== null;
}
