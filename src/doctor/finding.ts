import type { Change } from "./change.ts";

/** How bad it is. `unseen`: nobody can tell, as something could not be read. */
export type Level = "ok" | "warn" | "fail" | "unseen";

/** Where it is mended; at least one of them for whatever is not ok. */
export type Mend = {
  /** The way through Auth0's dashboard. */
  dashboard?: string;
  /** The call of the Management API, with its body. */
  api?: string;
  /** What to do on our side: a setting, a command. */
  here?: string;
};

/** What one check found. */
export type Finding = {
  /** Stable: machines tell findings by it. */
  id: string;
  level: Level;
  /** What was looked at, in a few words. */
  title: string;
  saw: string;
  /** What it means to somebody who wants to enroll; empty where all is well. */
  why: string;
  mend: Mend;
  /** What `--apply` would do about it; absent where that is for a person to decide. */
  changes?: readonly Change[];
};

/** Says that all is well with something. */
export function ok(id: string, title: string, saw: string): Finding {
  return { id, level: "ok", title, saw, why: "", mend: {} };
}

/** Says that something could not be looked at, and what would show it. */
export function notSeen(id: string, title: string, why: string): Finding {
  return {
    id,
    level: "unseen",
    title,
    saw: `Could not be seen: ${why}`,
    why: "A fault here would go unnoticed.",
    mend: { here: "Mend what is named there, and run the doctor again." },
  };
}
