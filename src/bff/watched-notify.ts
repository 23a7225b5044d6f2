import type { Notify } from "./notices.ts";
import type { Report } from "./report.ts";

/** Returns what tells owners of accounts, and tells the operator how each attempt ended. */
export function watchedNotify(notify: Notify, report: Report): Notify {
  return async (notice) => {
    try {
      await notify(notice);
      report({ measure: "notice", outcome: "delivered" });
    } catch (error) {
      report({ measure: "notice", outcome: "failed" });
      report({ event: "notice_failed" });
      throw error;
    }
  };
}
