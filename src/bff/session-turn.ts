import type { DoorName } from "./manifest.ts";
import type { Core, Visit } from "./core.ts";
import { Refused } from "./refused.ts";
import { hashOf, newId } from "./sealing.ts";
import { newSession, type SessionRecord } from "./session-record.ts";

/*
 * Gives a visit a new id whenever something was earned or changed, so that an id that was seen or planted before is worth nothing
 * after (ASVS 7.2.4). The answer that carries the new one may be lost: until the new one is used, whoever holds the earlier one may
 * repeat that very request, look at the session or sign out, and is handed the new one again.
 */

/** Two minutes, after which the store forgets it: a page repeats a request whose answer was lost for far less. */
export const TURN_SECONDS = 120;

/** Doors that an earlier id still opens until the later one is used: they change nothing but the end of the visit. */
const OPEN_TO_EARLIER: readonly DoorName[] = ["session", "signOut"];

/** Says with what a visit is asked for: by which door, with which intent's key, and how a cookie is set (null clears it). */
export type AskedWith = { door: DoorName; key: string; setCookie: (cookie: string | null) => void };

/** Moves a visit to a new id and returns its cookie. A thousand answers at once move it once. */
export async function turnSession(core: Core, id: string, key: string): Promise<string> {
  const drawn = newId();
  const session = await core.sessions.update<SessionRecord>(id, (stored) => {
    if (!stored) throw new Refused({ code: "signed_out" });
    if (stored.moved) return { record: stored, result: stored };
    // Sealed like all of the record: the one place beside the browser where a cookie's value stands, and for two minutes.
    const record = { ...stored, turnDue: false, moved: { cookie: drawn, key, at: core.clock.now(), used: false } };
    return { record, result: record };
  });
  const cookie = session.moved?.cookie ?? null;
  if (cookie === null) throw new Refused({ code: "signed_out" });
  const next = await follow(core, { id, session }, cookie);
  return next.session.turnDue ? turnSession(core, next.id, key) : cookie;
}

/** Returns the visit behind an earlier id, with the later one handed out again; null where the earlier one is over. */
export async function visitAfterTurn(core: Core, earlier: Visit, asked: AskedWith): Promise<Visit | null> {
  const { moved } = earlier.session;
  if (!moved || moved.cookie === null) return null;
  // Whoever has the intent's key is the page that sent it; the same answer tells it nothing new.
  const isRepeated = asked.key !== "" && asked.key === moved.key;
  if (!isRepeated && (moved.used || !OPEN_TO_EARLIER.includes(asked.door))) return null;
  const visit = moved.used ? await there(core, moved.cookie) : await follow(core, earlier, moved.cookie);
  if (visit) asked.setCookie(moved.cookie);
  return visit;
}

/** Ends what the earlier id still opened: the later one has arrived. */
export async function settleTurn(core: Core, id: string, from: string): Promise<void> {
  const now = core.clock.now();
  await core.sessions.update(from, (stored) => {
    const moved = stored?.moved ? { ...stored.moved, used: true } : over(now);
    return { record: { ...newSession(now), moved }, result: null };
  });
  await core.sessions.update(id, (stored) => ({ record: { ...(stored ?? gone()), from: null }, result: null }));
}

/**
 * Empties a visit's record under an id that is over. It is kept for a while, so that a request that was on its way with the
 * earlier cookie is not told to clear the new one.
 */
export async function endEarlier(core: Core, id: string): Promise<void> {
  const now = core.clock.now();
  await core.sessions.update(id, () => ({ record: { ...newSession(now), moved: over(now) }, result: null }));
}

const over = (at: number) => ({ cookie: null, key: "", at, used: true });

async function there(core: Core, cookie: string): Promise<Visit | null> {
  const id = hashOf(cookie);
  const session = await core.sessions.read(id);
  return session && { id, session };
}

/** Writes the record of the later id where that has not been done, by whichever node moved it, and returns it. */
export async function follow(core: Core, { id, session }: Visit, cookie: string): Promise<Visit> {
  const next = hashOf(cookie);
  const record = await core.sessions.update<SessionRecord>(next, (stored) => {
    const there = stored ?? { ...session, moved: null, from: id };
    return { record: there, result: there };
  });
  return { id: next, session: record };
}

function gone(): never {
  throw new Refused({ code: "signed_out" });
}
