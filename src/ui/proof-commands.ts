import type { Authenticator } from "../contract/authenticator.ts";
import type { Channel } from "../contract/channel.ts";
import type { Challenge } from "../contract/enrollment.ts";
import type { RouteBody, Start } from "../contract/requests.ts";
import type { SessionView } from "../contract/session-view.ts";
import type { Then } from "../wizard/state.ts";
import type { CommandParts } from "./command-parts.ts";
import { bring, requestFor, viewRequest } from "./request.ts";

/** Builds the commands with which people show who they are: signing in, and proving it once more before a change. */
export function createProofCommands(parts: CommandParts) {
  const { client, state, view, happened, ask, askQuietly } = parts;
  const challenge = (body: RouteBody<"challenge">) => {
    const at = state();
    const id = at.step === "enteringProof" ? at.challenge.challengeId : null;
    ask(viewRequest(client, "challenge", id, body));
  };
  const verification = (given: { code?: string; recoveryCode?: string }) => {
    const at = state();
    if (at.step !== "enteringProof") return null;
    const body = { challengeId: at.challenge.challengeId, ...given };
    return viewRequest(client, "verify", body.challengeId, body);
  };
  return {
    ...createSignInCommands(parts),
    prove: (then: Then) => {
      const known = view();
      if (known !== null) happened({ type: "proofChosen", view: known, then });
    },
    challenge: (authenticator: Authenticator, channel?: Authenticator["channels"][number]) =>
      challenge({
        with: "authenticator",
        authenticatorId: authenticator.id,
        channel,
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
      const request = verification(given);
      if (request !== null) ask(request);
    },
    /** Asks whether the request on the phone was approved. Each time is a question of its own. */
    askWhetherApproved: () => {
      const request = verification({});
      if (request !== null) askQuietly(request);
    },
  };
}

function createSignInCommands({ client, state, ask, returnTo, typedBy }: CommandParts) {
  const signIn = (body: RouteBody<"signIn">) =>
    ask(
      requestFor("signIn", null, body, async (options) =>
        bring(await client.signIn(body, options), (answer) =>
          answer.outcome === "leave"
            ? { brings: "location", location: answer.location }
            : { brings: "view", view: answer.view },
        ),
      ),
    );
  const kept = () => {
    const at = state();
    return { draft: "then" in at ? draftOf(at.then) : undefined, typedBy: typedBy() };
  };
  return {
    signInByRedirect: () => signIn({ way: "redirect", returnTo: returnTo(), ...kept() }),
    signInByPassword: ({ username, password }: { username?: string; password: string }) =>
      signIn({ way: "password", password, username, ...kept() }),
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
function draftOf(then: Then): Start | undefined {
  // No contact is that long; one pasted by mistake must not make a sign-in that the service refuses.
  if (then.to !== "contact" || !then.contact || then.contact.length > 254) return undefined;
  const { channel, contact, replaces } = then;
  return { channel, contact, replaces: replaces ?? undefined };
}
