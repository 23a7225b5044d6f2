import { CHANNELS, isMessageChannel, type MessageChannel } from "../contract/channel.ts";
import type { SessionView } from "../contract/session-view.ts";
import type { ChannelChoice, ChoosingChannel, EnteringContact, Pending, Stopped } from "./state.ts";

/** Returns the offered channels that carry a code in a message, in the order screens show them. */
export function messageChannels(view: SessionView): readonly MessageChannel[] {
  return CHANNELS.filter(isMessageChannel).filter((channel) => view.channels.includes(channel));
}

/** Returns the channels to choose from. The automatic primary email is not a method one replaces, so it is not listed. */
export function choicesOf(view: SessionView): readonly ChannelChoice[] {
  const items = view.authenticators?.items ?? [];
  return messageChannels(view).map((channel) => ({
    channel,
    enrolled: items.filter((item) => !item.automatic && item.channels.includes(channel)),
  }));
}

/** Opens the choice; with one channel there is nothing to choose and its contact screen opens, with none it says so. */
export function openChannels(view: SessionView): ChoosingChannel | EnteringContact | Stopped {
  const choices = choicesOf(view);
  const [first, second] = choices;
  if (first === undefined) return { step: "stopped", why: { code: "nothing_offered" }, on: null };
  if (second !== undefined) return { step: "choosingChannel", choices };
  return openContact({ channel: first.channel, contact: "", replaces: null, channels: [first.channel], chose: false });
}

/** Opens the contact screen of a pending enrollment, with what was typed for it. */
export function reopenContact({ enrollment, contact, channels, chose }: Pending): EnteringContact {
  const { channel, replaces } = enrollment;
  return openContact({ channel, contact, replaces, channels, chose });
}

/** Opens the contact screen with what is known of it. */
export function openContact(aim: Omit<EnteringContact, "step" | "problem">): EnteringContact {
  return { step: "enteringContact", ...aim, problem: null };
}
