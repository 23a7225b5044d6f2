import type { EnrollmentClient } from "../client/enrollment-client.ts";
import type { Authenticator } from "../contract/authenticator.ts";
import { type Channel, isMessageChannel, type MessageChannel } from "../contract/channel.ts";
import type { Challenge } from "../contract/enrollment.ts";
import type { RouteBody, Start } from "../contract/requests.ts";
import type { SessionView } from "../contract/session-view.ts";
import type { WizardEvent } from "../wizard/event.ts";
import type { Then, WizardState } from "../wizard/state.ts";
import { type AskRequest, bring, bringView } from "./request.ts";
import type { GivenContact } from "./screens/contact-screen.ts";

/** Describes what commands work on: the present facts, and the two ways to change them. */
export type CommandParts = {
  readonly client: EnrollmentClient;
  readonly state: () => WizardState;
  readonly view: () => SessionView | null;
  readonly happened: (event: WizardEvent) => void;
  readonly ask: (request: AskRequest) => void;
  readonly returnTo: () => string;
};

/** Describes what the person can do, as plain imperatives. A command that does not fit the screen does nothing. */
export type Commands = ReturnType<typeof createCommands>;

/** Builds the commands of one root. */
export function createCommands({ client, state, view, happened, ask, returnTo }: CommandParts) {
  const withView = (eventOn: (view: SessionView) => WizardEvent) => {
    const known = view();
    if (known !== null) happened(eventOn(known));
  };
  const resend = (channel?: MessageChannel) => {
    const at = state();
    if (!("enrollment" in at)) return;
    const { enrollmentId } = at.enrollment;
    const body = channel === undefined ? { enrollmentId } : { enrollmentId, channel };
    ask(request("resend", enrollmentId, body, (options) => bringView(client.resend(body, options))));
  };
  const challenge = (body: RouteBody<"challenge">) => {
    const at = state();
    const id = at.step === "enteringProof" ? at.challenge.challengeId : null;
    ask(request("challenge", id, body, (options) => bringView(client.challenge(body, options))));
  };
  return {
    ...createSignInCommands({ client, state, ask, returnTo }),
    openChannels: () => withView((known) => ({ type: "channelListOpened", view: known })),
    chooseChannel: (channel: MessageChannel, replaces: string | null = null) =>
      happened({ type: "channelChosen", channel, replaces }),
    replace: (authenticator: Authenticator) =>
      withView((known) => ({ type: "replacementChosen", authenticator, view: known })),
    start: ({ channel, contact }: GivenContact) => {
      const at = state();
      if (at.step !== "enteringContact") return;
      happened({ type: "contactGiven", channel, contact });
      const body: Start = { channel, contact, ...(at.replaces === null ? {} : { replaces: at.replaces }) };
      ask(request("start", null, body, (options) => bringView(client.start(body, options))));
    },
    resend: () => resend(),
    switchChannel: (channel: MessageChannel) => resend(channel),
    changeContact: () => happened({ type: "contactReopened" }),
    confirm: (code: string) => {
      const at = state();
      if (at.step !== "enteringCode") return;
      const body = { enrollmentId: at.enrollment.enrollmentId, code };
      ask(request("confirm", body.enrollmentId, body, (options) => bringView(client.confirm(body, options))));
    },
    /** Forgets what is pending, on the server too where anything is; a stopped screen closes without asking anybody. */
    cancel: () => {
      const known = state().step === "stopped" ? null : view();
      const flow = known?.flow;
      if (flow?.step !== "code" && flow?.step !== "proof" && (known?.draft ?? null) === null) {
        happened({ type: "closed" });
        return;
      }
      const body = flow?.step === "code" ? { enrollmentId: flow.enrollment.enrollmentId } : {};
      ask(request("cancel", null, body, (options) => bringView(client.cancel(body, options))));
    },
    close: () => happened({ type: "closed" }),
    retryStopped: () => happened({ type: "retried" }),
    takeUp: () => withView((known) => ({ type: "flowTakenUp", view: known })),
    prove: (then: Then) => withView((known) => ({ type: "proofChosen", view: known, then })),
    challenge: (authenticator: Authenticator, channel?: Authenticator["channels"][number]) =>
      challenge({
        with: "authenticator",
        authenticatorId: authenticator.id,
        ...(channel === undefined ? {} : { channel }),
      }),
    /** Sends the open challenge once more; where it is not clear by which method, the methods are shown again. */
    resendChallenge: () => {
      const at = state();
      const known = view();
      if (at.step !== "enteringProof" || known === null) return;
      const method = methodOf(at.challenge, known);
      if (method === null) happened({ type: "proofChosen", view: known, then: at.then });
      else challenge({ with: "authenticator", authenticatorId: method.id, channel: method.channel });
    },
    challengeByRecoveryCode: () => challenge({ with: "recovery_code" }),
    verify: (given: { code?: string; recoveryCode?: string }) => {
      const at = state();
      if (at.step !== "enteringProof") return;
      const body = { challengeId: at.challenge.challengeId, ...given };
      ask(request("verify", body.challengeId, body, (options) => bringView(client.verify(body, options))));
    },
    revealRecoveryCode: () =>
      ask(
        request("recoveryCode", null, {}, async (options) =>
          bring(await client.recoveryCode({}, options), ({ recoveryCodes }) => ({
            brings: "codes",
            codes: recoveryCodes,
          })),
        ),
      ),
    acknowledge: () => ask(request("acknowledge", null, {}, (options) => bringView(client.acknowledge({}, options)))),
    askToRemove: (authenticator: Authenticator) => happened({ type: "removalChosen", authenticator }),
    remove: () => {
      const at = state();
      if (at.step !== "confirmingRemoval") return;
      const body = { authenticatorId: at.authenticator.id };
      ask(request("remove", body.authenticatorId, body, (options) => bringView(client.remove(body, options))));
    },
    recall: async () => {
      const outcome = await client.contact(null);
      const { channel, contact } = outcome.kind === "answered" ? outcome.answer : { channel: null, contact: null };
      const at = state();
      if (at.step !== "enteringContact") return;
      // Nothing to recall leaves an empty field, not a screen that waits for ever.
      const isSame = channel !== null && isMessageChannel(channel) && channel === at.channel;
      happened({ type: "contactRecalled", channel: at.channel, contact: isSame ? (contact ?? "") : "" });
    },
  };
}

function createSignInCommands({ client, state, ask, returnTo }: Omit<CommandParts, "view" | "happened">) {
  const signIn = (body: RouteBody<"signIn">) =>
    ask(
      request("signIn", null, body, async (options) =>
        bring(await client.signIn(body, options), (answer) =>
          answer.outcome === "leave"
            ? { brings: "location", location: answer.location }
            : { brings: "view", view: answer.view },
        ),
      ),
    );
  const kept = () => {
    const at = state();
    const draft = "then" in at ? draftOf(at.then) : null;
    return draft === null ? {} : { draft };
  };
  return {
    signInByRedirect: () => signIn({ way: "redirect", returnTo: returnTo(), ...kept() }),
    signInByPassword: ({ username, password }: { username?: string; password: string }) =>
      signIn({ way: "password", password, ...(username === undefined ? {} : { username }), ...kept() }),
  };
}

/** The challenge names no method, so that it cannot leak one; its channel and masked contact find it among the person's own. */
function methodOf(
  challenge: Challenge,
  { proof }: SessionView,
): { id: string; channel: Challenge["channel"] & Channel } | null {
  if (challenge.channel === "recovery_code" || proof?.by !== "challenge") return null;
  const { channel } = challenge;
  const contact = "contact" in challenge ? challenge.contact : null;
  const having = proof.methods.filter(({ channels }) => channels.includes(channel));
  const method = having.find((item) => item.contact === contact) ?? (having.length === 1 ? having[0] : undefined);
  return method === undefined ? null : { id: method.id, channel };
}

/** What was typed goes along, so that it is there again after the page was left. */
function draftOf(then: Then): Start | null {
  if (then.to !== "contact" || then.contact === null || then.contact === "") return null;
  const { channel, contact, replaces } = then;
  return { channel, contact, ...(replaces === null ? {} : { replaces }) };
}

function request(ask: AskRequest["ask"], id: string | null, body: object, send: AskRequest["send"]): AskRequest {
  return { ask, id, fingerprint: JSON.stringify([ask, body]), send };
}
