import type { AccountRecord } from "./account-record.ts";
import { accountTag } from "./log.ts";
import type { Records } from "./records.ts";
import type { Report } from "./report.ts";

/** Returns the accounts, and tells when a recovery code comes to be known as lost, by whichever change that is found out. */
export function watchedAccounts(accounts: Records<AccountRecord>, report: Report): Records<AccountRecord> {
  return {
    ...accounts,
    async update(id, change) {
      let isLost = false;
      const result = await accounts.update(id, (current) => {
        const next = change(current);
        isLost = next.record.recovery?.state === "lost" && current?.recovery?.state !== "lost";
        return next;
      });
      if (isLost) report({ event: "recovery_code_lost", account: accountTag(id) });
      return result;
    },
  };
}
