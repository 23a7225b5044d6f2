import { type ComponentType, useMemo } from "react";
import { enLater } from "./en-later.ts";
import { MessagesProvider, useMessages } from "./messages.ts";

/**
 * Gives a component the sentences that the first screen does without. They are fetched with the component, so that nobody
 * waits for the words of a screen they may never see.
 */
export function withLaterSentences<Props extends object>(Spoken: ComponentType<Props>): ComponentType<Props> {
  return function WithLaterSentences(props: Props) {
    const messages = useMessages();
    const more = useMemo(() => messages.with(enLater), [messages]);
    return (
      <MessagesProvider value={more}>
        <Spoken {...props} />
      </MessagesProvider>
    );
  };
}
