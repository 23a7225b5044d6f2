import type { Authenticator } from "../contract/authenticator.ts";
import { isMessageChannel, type MessageChannel } from "../contract/channel.ts";
import type { Start } from "../contract/requests.ts";
import type { SessionView } from "../contract/session-view.ts";
import type { WizardEvent } from "../wizard/event.ts";
import type { CommandParts } from "./command-parts.ts";
import { createProofCommands } from "./proof-commands.ts";
import { bring, requestFor, viewRequest } from "./request.ts";
import type { GivenContact } from "./screens/contact-screen.ts";

/** Describes what the person can do, as plain imperatives. A command that does not fit the screen does nothing. */
export type Commands = ReturnType<typeof createCommands>;

/** Builds the commands of one root. */
export function createCommands(parts: CommandParts) {
  const { client, state, view, happened, ask, askQuietly } = parts;
  const withView = (eventOn: (view: SessionView) => WizardEvent) => {
    const known = view();
    if (known !== null) happened(eventOn(known));
  };
  const resend = (channel?: MessageChannel) => {
    const at = state();
    if (!("enrollment" in at)) return;
    const { enrollmentId } = at.enrollment;
    const body = { enrollmentId, channel };
    ask(viewRequest(client, "resend", enrollmentId, body));
  };
  const acknowledgement = viewRequest(client, "acknowledge", null, {});
  return {
    ...createProofCommands(parts),
    openChannels: () => withView((known) => ({ type: "channelListOpened", view: known })),
    chooseChannel: (channel: MessageChannel, replaces: string | null = null) =>
      happened({ type: "channelChosen", channel, replaces }),
    replace: (authenticator: Authenticator) =>
      withView((known) => ({ type: "replacementChosen", authenticator, view: known })),
    start: ({ channel, contact }: GivenContact) => {
      const at = state();
      if (at.step !== "enteringContact") return;
      happened({ type: "contactGiven", channel, contact });
      const body: Start = { channel, contact, replaces: at.replaces ?? undefined };
      ask(viewRequest(client, "start", null, body));
    },
    leaveContact: (contact: string) => happened({ type: "contactLeft", contact }),
    resend: () => resend(),
    switchChannel: (channel: MessageChannel) => resend(channel),
    changeContact: () => happened({ type: "contactReopened" }),
    confirm: (code: string) => {
      const at = state();
      if (at.step !== "enteringCode") return;
      const body = { enrollmentId: at.enrollment.enrollmentId, code };
      ask(viewRequest(client, "confirm", body.enrollmentId, body));
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
      ask(viewRequest(client, "cancel", null, body));
    },
    close: () => happened({ type: "closed" }),
    retryStopped: () => happened({ type: "retried" }),
    takeUp: () => withView((known) => ({ type: "flowTakenUp", view: known })),
    revealRecoveryCode: () =>
      ask(
        requestFor("recoveryCode", null, {}, async (options) =>
          bring(await client.recoveryCode({}, options), ({ recoveryCodes }) => ({
            brings: "codes",
            codes: recoveryCodes,
          })),
        ),
      ),
    acknowledge: () => ask(acknowledgement),
    /** Notes that the person knows of a lost code. They go on at once: where that does not get through, they are told again. */
    acknowledgeLoss: () => {
      askQuietly(acknowledgement);
      happened({ type: "closed" });
    },
    renewRecoveryCode: () => ask(viewRequest(client, "renewRecoveryCode", null, {})),
    endOtherSessions: () => ask(viewRequest(client, "endOtherSessions", null, {})),
    askToRemove: (authenticator: Authenticator) => happened({ type: "removalChosen", authenticator }),
    remove: () => {
      const at = state();
      if (at.step !== "confirmingRemoval") return;
      const body = { authenticatorId: at.authenticator.id };
      ask(viewRequest(client, "remove", body.authenticatorId, body));
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
