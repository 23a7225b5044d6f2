import { randomBytes } from "node:crypto";
import { isAtHome } from "../testing/homes.ts";
import { type Leak, scanForSecrets, type Secret } from "../testing/scan-for-secrets.ts";
import { markedPerson, secretsOf } from "./marked-person.ts";
import { PLAYS } from "./plays.ts";
import type { Stage } from "./stage.ts";
import { openVisitor } from "./visitor.ts";

/** What the visits of a run came to. */
export type Visits = {
  /** How many went as they should, by kind. */
  played: ReadonlyMap<string, number>;
  /** Those that did not, one sentence each: a visit that stops early leaves nothing to find. */
  faults: readonly string[];
  answers: number;
  /** Answers in which a secret was at home. */
  atHome: number;
  leaks: readonly Leak[];
  /** Cookies and keys of intents, which hold no mark, to be looked for in what the servers wrote. */
  unmarked: readonly Secret[];
};

/** As many at once as keep two cores busy; fewer than there are numbers, so that nobody reads another's code. */
const AT_ONCE = 8;
/** Cookies and keys have no mark to be found by, so each has to be looked for by itself: those of one visit in so many. */
const LOOKED_FOR_ONE_IN = 25;

/** Plays so many visits of all kinds in turn, and looks through every answer to each of them. */
export async function playVisits(stage: Stage, count: number): Promise<Visits> {
  const { simulator } = stage.tenant;
  const played = new Map<string, number>();
  const faults: string[] = [];
  const leaks: Leak[] = [];
  const unmarked: Secret[] = [];
  let [next, answers, atHome] = [0, 0, 0];

  async function playOne(id: number): Promise<void> {
    const play = PLAYS[id % PLAYS.length];
    if (!play) return;
    const person = markedPerson(id);
    const { subject, username, password, mark } = person;
    simulator.people.add({ subject, email: username, password, mark, name: `${mark} Person`, ...play.before(person) });
    const visitor = openVisitor({ origin: stage.origin, address: person.address });
    const since = Number(simulator.outbox.list().at(-1)?.id ?? 0);
    try {
      await play.play({ person, visitor, outbox: simulator.outbox, since });
      played.set(play.title, (played.get(play.title) ?? 0) + 1);
    } catch (reason) {
      faults.push(`Visit ${id}, which ${play.title}: ${reason instanceof Error ? reason.message : String(reason)}.`);
    }
    const minted = simulator.minted().filter(({ value }) => value.includes(mark));
    const own = [...secretsOf(person), ...minted, ...stage.secrets, ...visitor.secrets];
    const belongs: Parameters<typeof scanForSecrets>[0]["belongs"] = (secret, sighting) => {
      const home = isAtHome(secret, sighting);
      if (home) atHome += 1;
      return home;
    };
    leaks.push(...scanForSecrets({ secrets: unique(own), sightings: visitor.heard, belongs }));
    answers += visitor.heard.filter(({ sink }) => sink === "answer body").length;
    if (id % LOOKED_FOR_ONE_IN === 0) unmarked.push(...unique(visitor.secrets));
  }

  const work = async () => {
    for (let id = next++; id < count; id = next++) await playOne(id);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return { played, faults, answers, atHome, leaks, unmarked };
}

/** A tenant that answers each call with its own troubles, which hold what only the two of them know. */
export async function playTroubledVisits(stage: Stage, from: number): Promise<Leak[]> {
  const { simulator } = stage.tenant;
  const leaks: Leak[] = [];
  const secret = `QCANARYQTROUBLE${randomBytes(6).toString("hex")}`;
  const told = JSON.stringify({
    error: "server_error",
    error_description: secret,
    mfa_token: secret,
    recovery_codes: [secret],
  });
  const troubles = [
    {
      phase: "before",
      action: { type: "status", status: 500, body: told, headers: { "x-told": secret, "set-cookie": `t=${secret}` } },
    },
    { phase: "before", action: { type: "status", status: 400, body: told } },
    { phase: "before", action: { type: "status", status: 302, headers: { location: `https://${secret}.example/` } } },
    { phase: "afterCommit", action: { type: "garbage", body: `<html>${secret}</html>` } },
    { phase: "afterCommit", action: { type: "reset" } },
  ] as const;
  const routes = ["POST /oauth/token", "POST /mfa/associate", "GET /mfa/authenticators"];
  let id = from;
  for (const route of routes) {
    for (const trouble of troubles) {
      const person = markedPerson((id += 1));
      const { subject, username, password, mark, email } = person;
      simulator.people.add({ subject, email: username, password, mark, name: `${mark} Person` });
      const visitor = openVisitor({ origin: stage.origin, address: person.address });
      simulator.faults.add({ route, nth: 1, ...trouble });
      await visitor.client.signIn({ way: "password", username, password });
      await visitor.client.start({ channel: "email", contact: email });
      await visitor.client.session(null);
      simulator.faults.clear();
      const secrets = [...secretsOf(person), { kind: "mark", value: secret }, ...stage.secrets];
      leaks.push(...scanForSecrets({ secrets, sightings: visitor.heard, belongs: isAtHome }));
    }
  }
  return leaks;
}

function unique(secrets: readonly Secret[]): Secret[] {
  return [...new Map(secrets.map((secret) => [secret.value, secret])).values()];
}
