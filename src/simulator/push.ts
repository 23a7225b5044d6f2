import type { Tenant } from "./tenant.ts";

/** A notification that waits on somebody's Guardian app, or a picture that waits to be scanned. */
export interface PendingPush {
  readonly id: string;
  readonly subject: string;
  readonly enrolling: boolean;
}

/** The Guardian app of everybody. */
export interface Push {
  pending(): readonly PendingPush[];
  /** Approves or denies what waits for a person, newest first; false when nothing does. Scanning the enrollment picture is an approval. */
  answer(choice: { subject: string; approve: boolean }): boolean;
}

/** Creates the app of a tenant's people. */
export function createPush(tenant: Tenant): Push {
  const waiting = () => {
    return tenant.sealed.oobRecords().filter((record) => {
      return record.push === "waiting" && record.status === "live" && tenant.now() < record.expiresAt;
    });
  };
  return {
    pending: () => waiting().map(({ id, subject, enrolling }) => ({ id, subject, enrolling })),
    answer({ subject, approve }) {
      const record = waiting().findLast((candidate) => candidate.subject === subject);
      if (record === undefined) return false;
      record.push = approve ? "approved" : "denied";
      return true;
    },
  };
}
