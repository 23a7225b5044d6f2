import { parseArgs } from "node:util";

/** What the command was asked to do. */
export type Options = {
  help: boolean;
  json: boolean;
  /** Looks only; shows what would be changed; changes it. */
  mode: "examine" | "plan" | "apply";
  /** Does not ask before it changes anything. */
  yes: boolean;
  probe: boolean;
  /** Where the probe sends one code; null: nowhere. */
  send: { channel: "sms" | "voice" | "email"; contact: string } | null;
  /** The code that arrived, for a run without somebody to type it. */
  code: string | null;
};

/** What `--help` prints. */
export const USAGE = `mfa-enroll doctor [options]

Says what stands between your Auth0 tenant and the first enrollment. It only reads, unless --apply or --send says otherwise.

  --plan                 shows the changes that would set right what was found, as a diff; changes nothing
  --apply                shows them, asks, and makes them one by one; --yes does not ask
  --probe                also signs a test person in, as your settings say, and lists their methods
  --send sms:+15550100   with --probe: sends one code there (sms, voice or email) and confirms it; the method stays with the person
  --code 123456          with --send: the code that arrived, where nobody can type it
  --json                 the report for machines

Your server's settings come from the environment, under the names that the server reads. For the doctor itself:
  AUTH0_DOCTOR_CLIENT_ID, AUTH0_DOCTOR_CLIENT_SECRET   a machine-to-machine application for the Management API
  AUTH0_DOCTOR_TOKEN                                   or a token for it
  AUTH0_DOCTOR_USERNAME, AUTH0_DOCTOR_PASSWORD         the test person, for --probe
  AUTH0_DOCTOR_MFA_TOKEN                               or a token of theirs for the MFA API, for --probe with the redirect way in
In its own repository, npm run doctor -- --demo [--broken [--seed N]] examines a simulated tenant of its own.
What is missing is asked for, where there is a terminal; secrets are not shown while they are typed, and never kept.

It ends with 0 where all is well, 1 with a warning or something that could not be seen, 2 with a fault, 3 where it could not work.
`;

/** Reads the command line. @throws {RangeError} naming what is wrong with it. */
export function readOptions(args: readonly string[]): Options {
  const { help, json, plan, apply, yes, probe, send, code } = parse(args);
  if (plan && apply) throw new RangeError("--plan and --apply exclude each other: --apply shows the plan first.");
  if (yes && !apply) throw new RangeError("--yes means nothing without --apply.");
  if (send !== undefined && !probe) throw new RangeError("--send means nothing without --probe.");
  if (code !== undefined && send === undefined) throw new RangeError("--code means nothing without --send.");
  if (json && apply && !yes) throw new RangeError("--json with --apply needs --yes: there is nobody to ask.");
  if (code !== undefined && !/^\d{4,10}$/.test(code)) throw new RangeError("--code must be the digits of a code.");
  return {
    help,
    json,
    mode: apply ? "apply" : plan ? "plan" : "examine",
    yes,
    probe,
    send: send === undefined ? null : readSend(send),
    code: code ?? null,
  };
}

function parse(args: readonly string[]) {
  const isSet = { type: "boolean", default: false } as const;
  const switches = { help: isSet, json: isSet, plan: isSet, apply: isSet, yes: isSet, probe: isSet };
  try {
    return parseArgs({ args: [...args], options: { ...switches, send: { type: "string" }, code: { type: "string" } } })
      .values;
  } catch {
    // The library's own words repeat what was typed, and somebody may have typed a secret.
    throw new RangeError("An option is not known, lacks its value, or is a word too many; --help names all of them.");
  }
}

function readSend(text: string): Options["send"] {
  const [, channel, contact = ""] = /^(sms|voice|email):(\S+)$/.exec(text) ?? [];
  const isRight = channel === "email" ? /^[^@\s]+@[^@\s]+$/.test(contact) : /^\+[1-9]\d{4,14}$/.test(contact);
  if (!isRight || (channel !== "sms" && channel !== "voice" && channel !== "email"))
    throw new RangeError("--send takes sms:+15550100, voice:+15550100 or email:name@example.com.");
  return { channel, contact };
}
