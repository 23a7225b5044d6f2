import type { DoorName } from "./manifest.ts";
import type { Core, Visit } from "./core.ts";
import { Refused } from "./refused.ts";
import { hashOf, newId } from "./sealing.ts";
import { newSession, type SessionRecord } from "./session-record.ts";

/*
 * Gives a visit a new id whenever something was earned or changed, so that an id that was seen or planted before is worth nothing
 * after (ASVS 7.2.4). The answer that carries the new one may be lost: until the new one is used, the earlier one repeats that very
 * request and is handed the new one again. A page that was loaded anew instead goes on with what it had before, without the proof.
 */

/** Two minutes, after which the store forgets it: a page repeats a request whose answer was lost for far less. */
export const TURN_SECONDS = 120;

/** Says with what a visit is asked for: by which door, by which request, and how a cookie is set (null clears it). */
export type AskedWith = {
  door: DoorName;
  /** The same for the same door, key and body alone; empty for a request without a key. */
  request: string;
  setCookie: (cookie: string | null) => void;
};

/** Moves a visit to a new id and returns its cookie. A thousand answers at once move it once. */
export async function turnSession(core: Core, id: string, request: string): Promise<string> {
  const drawn = newId();
  const session = await core.sessions.update<SessionRecord>(id, (stored) => {
    if (!stored) throw new Refused({ code: "signed_out" });
    if (stored.moved) return { record: stored, result: stored };
    // Sealed like all of the record: the one place beside the browser where a cookie's value stands, and for two minutes.
    const record = { ...stored, turnDue: false, moved: { cookie: drawn, request, at: core.clock.now(), used: false } };
    return { record, result: record };
  });
  const cookie = session.moved?.cookie ?? null;
  const next = cookie === null ? null : await follow(core, { id, session }, cookie);
  if (cookie === null || !next) throw new Refused({ code: "signed_out" });
  return next.session.turnDue ? turnSession(core, next.id, request) : cookie;
}

/** Returns the visit behind an earlier id; null where the earlier one is over. */
export async function visitAfterTurn(core: Core, earlier: Visit, asked: AskedWith): Promise<Visit | null> {
  const { moved } = earlier.session;
  if (!moved || moved.cookie === null) return null;
  // Whoever sends the very same request is the page that sent it; the same answer tells it nothing new.
  if (asked.request !== "" && asked.request === moved.request) {
    const visit = moved.used ? await there(core, moved.cookie) : await follow(core, earlier, moved.cookie);
    if (visit && !moved.used) asked.setCookie(moved.cookie);
    return visit;
  }
  if (moved.used) return null;
  if (asked.door === "signOut") return follow(core, earlier, moved.cookie);
  return asked.door === "session" ? loadedAnew(core, earlier, asked) : null;
}

/**
 * Begins a visit beside the one that has moved, for a page that was loaded anew. Whoever has the earlier id alone gets what it was worth
 * before, and no more: no credential, no proof, and nothing that only the visit that earned it may see.
 */
async function loadedAnew(core: Core, earlier: Visit, asked: AskedWith): Promise<Visit> {
  const { createdAt, activeAt, person } = earlier.session;
  const session = { ...newSession(createdAt), activeAt, person };
  const cookie = newId();
  const id = hashOf(cookie);
  await core.sessions.update(id, () => ({ record: session, result: null }));
  asked.setCookie(cookie);
  return { id, session };
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

const over = (at: number) => ({ cookie: null, request: "", at, used: true });

async function there(core: Core, cookie: string): Promise<Visit | null> {
  const id = hashOf(cookie);
  const session = await core.sessions.read(id);
  return session && session.moved?.cookie !== null ? { id, session } : null;
}

/**
 * Writes the record of the later id where that has not been done, by whichever node moved it, and returns it; null where it has been
 * signed out of.
 */
export async function follow(core: Core, { id, session }: Visit, cookie: string): Promise<Visit | null> {
  const next = hashOf(cookie);
  const record = await core.sessions.update<SessionRecord>(next, (stored) => {
    const there = stored ?? { ...session, moved: null, from: id };
    return { record: there, result: there };
  });
  return record.moved?.cookie === null ? null : { id: next, session: record };
}

function gone(): never {
  throw new Refused({ code: "signed_out" });
}
