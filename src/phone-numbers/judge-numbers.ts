import metadata from "libphonenumber-js/metadata.max.json" with { type: "json" };
import { type PhoneVerdict, parsePhone } from "../contract/phone.ts";
import { DEFAULT_PHONE_POLICY as policy, PHONE_KINDS, type PhoneChannel } from "../contract/phone-policy.ts";
import { judgePhone } from "../ui/phone/judge-phone.ts";
import { mistyped } from "./mistyped.ts";
import { networkExamples, type Opinion, opinionOf, type Purpose, regionExamples } from "./second-opinion.ts";

/*
 * Judges every number the way the BFF does, by all plans, and the way the page does, by the plan of one calling code, on
 * both channels, and holds the verdicts against the second library's.
 */

/** Describes a number that was judged. */
export type Judged = {
  /** As it was typed. */
  readonly text: string;
  readonly e164: string;
  /** The region that it is an example of, perhaps mistyped; a shared number may belong to another one. */
  readonly listedFor: string;
  readonly source: "example" | "written at home" | "mistyped" | "network";
  readonly second: Opinion;
  /** What the product takes it for; null for a number that cannot exist. */
  readonly ours: Opinion;
  readonly taken: Readonly<Record<PhoneChannel, boolean>>;
  /** What is wrong though the libraries agree; empty where all is well. */
  readonly faults: readonly string[];
};

const CHANNELS = ["sms", "voice"] as const;
const REACHABLE: readonly Purpose[] = PHONE_KINDS;
/** Refusals that say what a number is; all others say that there is no such number. */
const TOLD_PURPOSES: readonly Purpose[] = [
  "premium",
  "shared_cost",
  "toll_free",
  "pager",
  "voicemail",
  "personal",
  "company",
];
/** What ITU-T E.164 has given to satellite phones; the second library calls them mobile. */
const SATELLITE_CODES = ["870", "881"];

/** Judges every example number, as it is dialled abroad and at home, and what typing errors make of it. */
export async function judgeNumbers(): Promise<readonly Judged[]> {
  const judged = new Map<string, Judged>();
  for (const { region, callingCode, e164, national } of regionExamples()) {
    const sources = [
      { text: e164, e164, source: "example" as const },
      { text: national, e164, source: "written at home" as const },
      ...mistyped({ callingCode, e164 }).map((text) => ({ text, e164: text, source: "mistyped" as const })),
    ];
    for (const typed of sources) {
      const key = typed.text.startsWith("+") ? typed.text : `${region} ${typed.text}`;
      if (!judged.has(key)) judged.set(key, await judge(typed, region));
    }
  }
  for (const { callingCode, e164 } of networkExamples()) {
    const texts = [e164, ...mistyped({ callingCode, e164 })];
    for (const text of texts) judged.set(text, judgeNetwork(text, callingCode));
  }
  return [...judged.values()];
}

async function judge(typed: Pick<Judged, "text" | "e164" | "source">, region: string): Promise<Judged> {
  const faults: string[] = [];
  const second = opinionOf(typed.e164);
  const verdicts = new Map<PhoneChannel, PhoneVerdict>();
  for (const channel of CHANNELS) {
    const verdict = parsePhone(typed.text, { region, channel, policy, metadata });
    const inPage = await judgePhone(typed.text, { region, dialledFrom: region }, channel, policy);
    if (!isSame(verdict, inPage)) faults.push(`page and BFF differ (${channel})`);
    // The page sends E.164, and the BFF is told no country.
    const sent = verdict.ok ? parsePhone(verdict.e164, { region: null, channel, policy, metadata }) : verdict;
    if (!isSame(verdict, sent)) faults.push(`its E.164 form is judged otherwise (${channel})`);
    if (verdict.ok && second !== null && verdict.e164 !== second.e164) faults.push(`taken for ${verdict.e164}`);
    verdicts.set(channel, verdict);
  }
  const [bySms, byVoice] = [verdicts.get("sms"), verdicts.get("voice")];
  const ours = byVoice === undefined ? null : opinionIn(byVoice, typed.e164);
  const taken = { sms: bySms?.ok === true, voice: byVoice?.ok === true };
  if (ours !== null && bySms !== undefined) faults.push(...misled(ours.purpose, bySms, taken));
  return { ...typed, listedFor: region, second, ours, taken, faults };
}

/** Says where a number of this purpose is sent wrongly: a landline is called, what people have is taken, all else is refused. */
function misled(purpose: Purpose, bySms: PhoneVerdict, taken: Judged["taken"]): string[] {
  const isLandline = purpose === "fixed_line";
  const isReachable = REACHABLE.includes(purpose);
  return [
    ...(taken.voice === isReachable ? [] : ["wrong by call"]),
    ...(taken.sms === (isReachable && !isLandline) ? [] : ["wrong by text"]),
    ...(isLandline && (bySms.ok || bySms.reason !== "landline") ? ["not told to be a landline"] : []),
  ];
}

function judgeNetwork(text: string, callingCode: string): Judged {
  const wanted = SATELLITE_CODES.includes(callingCode) ? "satellite" : "international_network";
  const isTold = CHANNELS.every((channel) => {
    const verdict = parsePhone(text, { region: null, channel, policy, metadata });
    return !verdict.ok && verdict.reason === wanted;
  });
  const opinion = { region: "001", purpose: wanted, e164: text } as const;
  return {
    text,
    e164: text,
    listedFor: "001",
    source: "network",
    second: opinion,
    ours: opinion,
    taken: { sms: false, voice: false },
    faults: isTold ? [] : [`not refused as ${wanted}`],
  };
}

function opinionIn(verdict: PhoneVerdict, e164: string): Opinion {
  if (verdict.ok) return { region: verdict.region, purpose: verdict.type, e164: verdict.e164 };
  if (verdict.region === null || !TOLD_PURPOSES.includes(verdict.reason)) return null;
  return { region: verdict.region, purpose: verdict.reason, e164 };
}

function isSame(one: PhoneVerdict, other: PhoneVerdict): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
