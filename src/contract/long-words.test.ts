import metadata from "libphonenumber-js/metadata.max.json";
import { expect, test } from "vitest";
import { maskEmail, parseEmail } from "./email.ts";
import { DEFAULT_PHONE_POLICY } from "./phone-policy.ts";
import { maskPhone, parsePhone } from "./phone.ts";
import { requests } from "./requests.ts";

/** A body holds 4 KiB, and of a contact no more than 254 characters get past the schema (RFC 5321). */
const BODY = 4_096;
const CONTACT = 254;
/** On a machine that is busy: a pattern that tries everything with everything, twice over, would take minutes. */
const SOON_MS = 250;

/** What makes such a pattern go wrong: long runs of what it takes, and an end that it does not. */
const PIECES = [
  "a",
  "0",
  " ",
  ".",
  "-",
  "@",
  "a.",
  "a@",
  "0-",
  "(0)",
  "+",
  "\u200b",
  "•",
  "٣",
  "ext. 1 ",
  "Tel: ",
  "xn--",
  "\n",
  '"',
  "é",
];

function words(length: number): string[] {
  const framed = (run: string) => [run, `${run}!`, `+1202555${run}`, `a@${run}.com`, `${run}@example.com`];
  return PIECES.flatMap((piece) => framed(piece.repeat(Math.ceil((length - 12) / piece.length)).slice(0, length - 12)));
}

const READERS: [string, number, (text: string) => unknown][] = [
  ["an address", CONTACT, parseEmail],
  ["an address's mask", CONTACT, maskEmail],
  [
    "a number",
    CONTACT,
    (text) => parsePhone(text, { region: "GB", channel: "sms", policy: DEFAULT_PHONE_POLICY, metadata }),
  ],
  ["a number's mask", CONTACT, maskPhone],
  [
    "the body of an enrollment",
    BODY,
    (text) => requests.start.safeParse({ channel: "sms", contact: text, replaces: text }),
  ],
  [
    "the body of a proof",
    BODY,
    (text) => requests.verify.safeParse({ challengeId: text, code: text, recoveryCode: text }),
  ],
];

test.each(READERS)("%s is read in no time, whatever stands in its %i characters", (_, length, read) => {
  const slow = words(length).filter((word) => {
    const from = performance.now();
    read(word);
    return performance.now() - from > SOON_MS;
  });
  expect(slow.map((word) => word.slice(0, 20))).toEqual([]);
});
