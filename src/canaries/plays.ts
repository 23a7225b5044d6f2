import { setTimeout as pause } from "node:timers/promises";
import type { SessionView } from "../contract/session-view.ts";
import type { Outbox } from "../simulator/outbox.ts";
import type { MarkedPerson } from "./marked-person.ts";
import { answerOf, type Visitor } from "./visitor.ts";

/** One visit as it is played: who, at which page, and where their messages arrive; those up to `since` were somebody else's. */
export type Visit = { person: MarkedPerson; visitor: Visitor; outbox: Outbox; since: number };

/** What a person of a play has before it. */
export type Before = { phone?: string; recoveryCode?: string };

/** One kind of visit. `before` says what the person has; `play` throws when the visit does not go as it should. */
export type Play = { title: string; before(person: MarkedPerson): Before; play(visit: Visit): Promise<void> };

/** Somebody new. */
export const nothing = (): Before => ({});
/** Somebody with a phone and a recovery code. */
export const aPhone = ({ phone, mark }: MarkedPerson): Before => ({ phone, recoveryCode: `${mark}7M2P9Q4R8S3T` });
const WRONG_CODE = "000000";
/** A message is there in a fraction of a second; thirty is a machine that is busy with something else. */
const MESSAGE_WITHIN_MS = 30_000;

/** Every kind of visit, those that end in the middle too: what they leave behind stays in the store until its end. */
export const PLAYS: readonly Play[] = [
  { title: "adds a number by text", before: nothing, play: (visit) => add(visit, "sms") },
  { title: "adds a number by call", before: nothing, play: (visit) => add(visit, "voice") },
  { title: "adds an address", before: nothing, play: (visit) => add(visit, "email") },
  {
    title: "leaves while the code is waited for",
    before: nothing,
    play: async (visit) => void (await ask(visit, "sms")),
  },
  {
    title: "leaves with the recovery code unsaved",
    before: nothing,
    play: (visit) => confirm(visit, "email"),
  },
  {
    title: "cancels",
    before: nothing,
    async play(visit) {
      const enrollmentId = await ask(visit, "email");
      await answerOf("the cancelling", visit.visitor.client.cancel({ enrollmentId }));
    },
  },
  {
    title: "proves it by a code, adds an address and removes it",
    before: aPhone,
    async play(visit) {
      await prove(visit);
      await confirm(visit, "email");
      const { client } = visit.visitor;
      const view = await answerOf("the session", client.session(null));
      const added = view.authenticators?.items.find(({ channels }) => channels.includes("email"));
      if (!added) throw new Error("the added address is not in the list");
      await answerOf("the removal", client.remove({ authenticatorId: added.id }));
      await answerOf("the sign-out", client.signOut({}));
    },
  },
  { title: "proves it by the recovery code, and gets another", before: aPhone, play: proveByRecoveryCode },
  { title: "sends what no page would send", before: nothing, play: beCareless },
];

async function signIn({ person: { username, password }, visitor }: Visit): Promise<SessionView> {
  const answer = await answerOf("the sign-in", visitor.client.signIn({ way: "password", username, password }));
  if (answer.outcome !== "signed_in") throw new Error("the sign-in leads elsewhere");
  return answer.view;
}

async function ask(visit: Visit, channel: "sms" | "voice" | "email"): Promise<string> {
  const { person, visitor } = visit;
  await signIn(visit);
  return started(await answerOf("the start", visitor.client.start({ channel, contact: contactOf(person, channel) })));
}

async function confirm(visit: Visit, channel: "sms" | "voice" | "email"): Promise<void> {
  const { person, visitor } = visit;
  const enrollmentId = visit.visitor.heard.some(({ where }) => where === "POST /challenge/verify")
    ? started(await answerOf("the start", visitor.client.start({ channel, contact: contactOf(person, channel) })))
    : await ask(visit, channel);
  await visitor.client.confirm({ enrollmentId, code: WRONG_CODE });
  await answerOf("the contact", visitor.client.contact(null));
  const code = await newestCode(visit, contactOf(person, channel));
  await answerOf("the confirmation", visitor.client.confirm({ enrollmentId, code }));
}

async function add(visit: Visit, channel: "sms" | "voice" | "email"): Promise<void> {
  await confirm(visit, channel);
  await saveRecoveryCode(visit);
}

async function saveRecoveryCode({ person, visitor: { client } }: Visit): Promise<void> {
  const { recoveryCodes } = await answerOf("the recovery code", client.recoveryCode({}));
  if (!recoveryCodes.at(-1)?.startsWith(person.mark)) throw new Error("the recovery code is not this person's");
  await answerOf("the acknowledgement", client.acknowledge({}));
  const view = await answerOf("the session", client.session(null));
  if (view.flow.step !== "idle") throw new Error(`the visit ends at ${view.flow.step}`);
}

async function prove(visit: Visit): Promise<void> {
  const { person, visitor } = visit;
  const { proof } = await signIn(visit);
  const method = proof?.by === "challenge" ? proof.methods.find(({ channels }) => channels.includes("sms")) : undefined;
  if (!method) throw new Error("nothing proves who this is");
  const { client } = visitor;
  const view = await answerOf("the challenge", client.challenge({ with: "authenticator", authenticatorId: method.id }));
  const code = await newestCode(visit, person.phone);
  await answerOf("the proof", client.verify({ challengeId: challengeOf(view), code }));
}

async function proveByRecoveryCode(visit: Visit): Promise<void> {
  const { client } = visit.visitor;
  await signIn(visit);
  const view = await answerOf("the challenge", client.challenge({ with: "recovery_code" }));
  const recoveryCode = aPhone(visit.person).recoveryCode ?? "";
  await answerOf("the proof", client.verify({ challengeId: challengeOf(view), recoveryCode }));
  await saveRecoveryCode(visit);
}

/** Puts secrets where they never belong; what the servers make of it is what is looked at. Every such request is refused. */
async function beCareless({ person, visitor }: Visit): Promise<void> {
  const { username, password, phone, mark } = person;
  await visitor.client.signIn({ way: "password", username, password: `${password}-mistyped` });
  const ours = { "content-type": "application/json", "x-mfa-enroll": "1", "idempotency-key": `${mark}-key` };
  const post = (body: string, headers = ours): RequestInit => ({ method: "POST", headers, body });
  const answers = [
    await visitor.send(`/api/mfa/session?code=414743&phone=${encodeURIComponent(phone)}`),
    await visitor.send(`/api/mfa/enrollment/confirm/414743`, post("{}")),
    await visitor.send(`/api/mfa/${mark}/${encodeURIComponent(username)}`),
    await visitor.send("/api/mfa/sign-in", post(`{"way":"password","username":"${username}","password":"${password}"`)),
    await visitor.send(
      "/api/mfa/sign-in",
      post(JSON.stringify({ way: "password", username, password, [mark]: phone })),
    ),
    await visitor.send("/api/mfa/enrollment", post(JSON.stringify({ channel: "sms", contact: `${phone}${mark}` }))),
    await visitor.send("/api/mfa/sign-in", { ...post("{}"), headers: { ...ours, origin: `https://${mark}.example` } }),
    await visitor.send("/api/mfa/session", {
      headers: { "user-agent": `${mark} ${username}`, "x-mfa-enroll": "1", referer: `https://${mark}.example/414743` },
    }),
  ];
  const wellMeant = answers.slice(0, -1).filter(({ ok }) => ok).length;
  if (wellMeant > 1) throw new Error("a careless request was taken");
}

function started({ flow }: SessionView): string {
  if (flow.step !== "code" || !("enrollmentId" in flow.enrollment)) throw new Error(`the start ends at ${flow.step}`);
  return flow.enrollment.enrollmentId;
}

function challengeOf({ flow }: SessionView): string {
  if (flow.step !== "proof") throw new Error(`the challenge ends at ${flow.step}`);
  return flow.challenge.challengeId;
}

function contactOf(person: MarkedPerson, channel: "sms" | "voice" | "email"): string {
  return channel === "email" ? person.email : person.phone;
}

/** Waits for the newest message to a contact. */
export async function newestCode({ outbox, since }: Pick<Visit, "outbox" | "since">, contact: string): Promise<string> {
  for (const until = Date.now() + MESSAGE_WITHIN_MS; Date.now() < until; await pause(20)) {
    const code = outbox.list().findLast(({ to, id }) => to === contact && Number(id) > since)?.code;
    if (code !== undefined) return code;
  }
  throw new Error("the message never arrived");
}
