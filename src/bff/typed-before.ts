import { type Start, startSchema } from "../contract/requests.ts";
import type { Core, SignedInVisit } from "./core.ts";
import { idOf } from "./person-id.ts";
import { changeSession } from "./sessions.ts";

/*
 * Keeps what somebody typed while nobody is signed in at the host, under the id that only their own page has seen. Ours has no
 * record then to keep it in, because the host's sign-in stands for our visit.
 */

/** Keeps a draft for the person with that id, for as long as a visit may idle. */
export async function leaveDraft(core: Core, typedBy: string, draft: Start): Promise<void> {
  const record = { values: [JSON.stringify(draft)], ttlSeconds: core.settings.idleSeconds };
  await core.secrets.update(keyOf(typedBy), () => ({ record, result: null }));
}

/** Gives the visit of that person what they typed before, once. What the visit holds already is newer. */
export async function takeUpDraft(core: Core, visit: SignedInVisit): Promise<void> {
  const key = keyOf(idOf(core, visit.person));
  const [text] = (await core.secrets.read(key))?.values ?? [];
  if (text === undefined) return;
  const draft = startSchema.parse(JSON.parse(text));
  await changeSession(core, visit.id, (session) => ({ ...session, draft: session.draft ?? draft }));
  await core.secrets.remove(key);
}

function keyOf(id: string): string {
  return `draft ${id}`;
}
