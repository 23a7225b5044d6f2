import { type RefObject, useEffect, useReducer, useRef } from "react";
import { useSay } from "../parts/saying.tsx";

/** Describes how a complaint about a field reaches a person who does not see it. */
export type ComplaintVoice = {
  /** To be called when the field is left: the complaint that follows is spoken. */
  readonly left: () => void;
  /** Wraps a way to send, one at a time: what is found wrong then is led to instead. */
  readonly sending: <Args extends readonly unknown[]>(
    send: (...args: Args) => Promise<void>,
  ) => (...args: Args) => void;
  /** Leads to the field once it has the complaint as its description; a field that has the focus already is spoken about. */
  readonly lead: (sentence: string | undefined) => void;
};

/**
 * Speaks once what this device found wrong with a field: as the description of the field where the focus moves to it, else
 * by the root's live region. What the service refuses is spoken by the root.
 */
export function useComplaint(field: RefObject<HTMLInputElement | null>, found: string | undefined): ComplaintVoice {
  const say = useSay();
  const due = useRef(false);
  const isSending = useRef(false);
  /** What the field shall be led to with, as soon as it is drawn: a reader reads the description that is there with the focus. */
  const leading = useRef<string | null>(null);
  const [, drawn] = useReducer((times: number) => times + 1, 0);
  useEffect(() => {
    if (!due.current || found === undefined) return;
    due.current = false;
    say(found);
  }, [found, say]);
  useEffect(() => {
    if (leading.current === null || leading.current !== found) return;
    leading.current = null;
    if (field.current?.matches(":focus")) say(found);
    else field.current?.focus();
  });
  return {
    left: () => {
      due.current = true;
    },
    sending:
      (send) =>
      (...args) => {
        // Judging takes a moment; a second press meanwhile means the same.
        if (isSending.current) return;
        isSending.current = true;
        due.current = false;
        void send(...args).finally(() => {
          isSending.current = false;
        });
      },
    lead: (sentence) => {
      if (sentence === undefined) return field.current?.focus();
      leading.current = sentence;
      // The same complaint as before changes nothing that is drawn, and is spoken all the same.
      drawn();
    },
  };
}
