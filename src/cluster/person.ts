import { judgePhone } from "../bff/phone-plan.ts";
import { DEFAULT_PHONE_POLICY } from "../contract/phone-policy.ts";
import { createRandom } from "../kills/kill-plan.ts";

/** Somebody of the run, and what they will do. Nobody else has their address, contact or letters. */
export type Person = {
  id: number;
  subject: string;
  /** Two letters, which are all that a page shows of it. */
  name: string;
  shownAs: string;
  email: string;
  channel: "sms" | "voice" | "email";
  contact: string;
  /** Where their requests come from, as the load balancer says. */
  address: string;
  /** Presses each button twice, so that the copies meet different nodes. */
  pressesTwice: boolean;
  /** Asks for a second message by the sibling channel before typing a code. */
  asksAgain: boolean;
  typesWrongFirst: boolean;
  /** Ends the visit that they have open elsewhere. */
  endsOthers: boolean;
};

/** 0100 to 0199 below 555 are kept for examples, in each of the areas; the tenant refuses some of the last ones. */
const NUMBERS_IN_AREA = 80;
/** Shares of those who do something besides; chosen so that each happens to hundreds of two thousand. */
const TWICE = 0.35;
const AGAIN = 0.2;
const WRONG = 0.2;
const OTHERS = 0.1;

/** Makes the people of a run, in an order and with habits that the seed decides. */
export function createPeople(count: number, seed: number): Person[] {
  const random = createRandom(seed);
  const areas = areasOfExamples();
  return Array.from({ length: count }, (_, index) => {
    const id = index + 1;
    const letters = [letterOf(id), letterOf(Math.floor(id / 26))] as const;
    const draw = random();
    const channel = draw < 0.55 ? "sms" : draw < 0.75 ? "voice" : "email";
    const area = areas[id % areas.length] ?? 202;
    // Neighbours differ in the area, which limits look at, and in the last digits, which a page shows.
    const line = 100 + ((id + Math.floor(id / areas.length)) % NUMBERS_IN_AREA);
    // The four letters that a tenant shows of an address are its own.
    const start = id.toString(36).padStart(4, "0");
    return {
      id,
      subject: `auth0|cluster-${id}`,
      name: `${letters[0]}erson ${letters[1]}ame`,
      shownAs: `${letters[0]}••• ${letters[1]}•••`,
      email: `person-${id}@example-${id % 500}.com`,
      channel,
      contact:
        channel === "email"
          ? `${start}-second@example-${id % 500}.net`
          : `+1${area}555${String(line).padStart(4, "0")}`,
      address: `10.${Math.floor(id / 65_536) % 256}.${Math.floor(id / 256) % 256}.${id % 256}`,
      pressesTwice: random() < TWICE,
      asksAgain: random() < AGAIN && channel !== "email",
      typesWrongFirst: random() < WRONG,
      endsOthers: random() < OTHERS,
    };
  });
}

function letterOf(number: number): string {
  return String.fromCharCode(65 + (number % 26));
}

/** The areas of North America whose numbers for examples may be added by text and by call. */
function areasOfExamples(): number[] {
  const codes = Array.from({ length: 790 }, (_, index) => 200 + index);
  return codes.filter((area) => {
    try {
      return judgePhone(`+1${area}5550100`, "sms", DEFAULT_PHONE_POLICY) !== "";
    } catch {
      return false;
    }
  });
}
