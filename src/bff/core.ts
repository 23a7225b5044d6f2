import type { AccountRecord } from "./account-record.ts";
import type { createChanges } from "./changes.ts";
import type { Clock } from "./clock.ts";
import type { Notices } from "./notices.ts";
import type { Records } from "./records.ts";
import type { Report } from "./report.ts";
import type { Sealer } from "./sealing.ts";
import type { Secret } from "./secrets.ts";
import type { Person, SessionRecord } from "./session-record.ts";
import type { Settings } from "./settings.ts";
import type { SignInLimits } from "./sign-in-limits.ts";
import type { Tenant, Told } from "./tenant.ts";
import type { TenantClock } from "./tenant-clock.ts";
import type { Turns } from "./turns.ts";
import type { Velocity } from "./velocity.ts";
import type { Channel } from "../contract/channel.ts";

/** Holds what every part of the BFF works with. Nothing of a request is in it. */
export type Core = {
  settings: Settings;
  tenant: Tenant;
  clock: Clock;
  tenantClock: TenantClock;
  sealer: Sealer;
  sessions: Records<SessionRecord>;
  accounts: Records<AccountRecord>;
  /** Contacts and recovery codes, each with an end of its own. */
  secrets: Records<Secret>;
  /** From the account of a user name to the account of its subject, once that is known. */
  links: Records<{ accountId: string }>;
  change: ReturnType<typeof createChanges>;
  /** One message at a time for each account: the next one sees what is left of the budget before it is counted anywhere else. */
  sends: Turns;
  /** Counts messages, and passwords that are tried, over all accounts. */
  velocity: Velocity;
  signIns: SignInLimits;
  notices: Notices;
  report: Report;
  /** Asks the tenant for a new recovery code; null where the credential for it is not set. */
  regenerateRecoveryCode: ((subject: string) => Promise<Told<string>>) | null;
  /** Channels the tenant has refused as switched off, with the instant until which that is believed. */
  channelsOff: Map<Channel, number>;
};

/** Describes a visit as it was read when the request came in. `id` is the session record's id, never the cookie's value. */
export type Visit = {
  id: string;
  session: SessionRecord;
  /** The account as it was when the request came in; left out where it has not been read since. */
  account?: AccountRecord | null;
};

/** Describes a visit of somebody who is signed in. */
export type SignedInVisit = Visit & { person: Person };
