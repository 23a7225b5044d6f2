import { useEffect, useRef } from "react";
import type { OtherSessions } from "../../wizard/state.ts";
import type { Commands } from "../commands.ts";
import { useMessages } from "../messages/messages.ts";
import { problemSentence } from "../messages/problem-sentence.ts";
import { Button } from "./button.tsx";
import { useEntrance } from "./entrance.ts";
import { Notice } from "./notice.tsx";
import { useSay } from "./saying.tsx";

/** Offers to end the person's other sessions after a change, and says when that is done. */
export function OtherSessionsOffer(props: {
  readonly others: OtherSessions;
  readonly commands: Commands;
  readonly busy: boolean;
}) {
  const messages = useMessages();
  const { t } = messages;
  const { others, commands, busy } = props;
  const { ended, problem } = others;
  const say = useSay();
  const entered = useEntrance();
  const sentence = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    if (!ended) return;
    // The button that had the focus is gone, and what took its place is the news.
    if (entered()) sentence.current?.focus();
    else say(t("others.ended"));
  }, [ended, entered, say, t]);
  if (ended) {
    return (
      <Notice tone="good">
        <span ref={sentence} className="mfa-news" tabIndex={-1}>
          {t("others.ended")}
        </span>
      </Notice>
    );
  }
  const offer = (
    <Button busy={busy} onPress={commands.endOtherSessions}>
      {t("others.submit")}
    </Button>
  );
  return (
    <Notice tone={problem === null ? "info" : "warning"} action={offer}>
      {problem === null ? t("others.text") : problemSentence(messages, problem)}
    </Notice>
  );
}
