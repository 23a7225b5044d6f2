import type { Client } from "./clients.ts";
import { seededRandom } from "./seeded-random.ts";
import type { Settings } from "./settings.ts";
import { CLIENT_FAULTS } from "./client-faults.ts";
import { FACTOR_FAULTS } from "./factor-faults.ts";
import { MESSAGE_FAULTS } from "./message-faults.ts";
import { POLICY_FAULTS } from "./policy-faults.ts";
import type { Setup, SetupFault, WayIn } from "./setup-fault.ts";

/** Every mistake of setting up that can be planted. */
export const SETUP_FAULTS: readonly SetupFault[] = [
  ...CLIENT_FAULTS,
  ...FACTOR_FAULTS,
  ...MESSAGE_FAULTS,
  ...POLICY_FAULTS,
];

/** The fewest faults of a draw, and how many more there may be: several at once, and still a tenant to be recognised. */
const FEWEST = 3;
const MORE = 4;

/** Which faults: those that are named, or a draw that is the same for the same seed, tenant and way in. */
export type Planting = { readonly names: readonly string[] } | ({ readonly seed: number } & Partial<WayIn>);

/**
 * Plants mistakes of setting up and gives their ids, in the order of the list. A draw has at least three that matter to the
 * way in (`redirect` when absent) and are not there yet, no two of which change the same thing. A reset removes them.
 * @throws {RangeError} for a name that there is none of, or a tenant without an application for people.
 */
export function plantFaults(
  { settings, clients }: { readonly settings: Settings; readonly clients: readonly Client[] },
  planting: Planting,
): string[] {
  const client = clients.find(({ managementScopes }) => managementScopes === null);
  if (client === undefined) throw new RangeError("the tenant has no application for people");
  const setup = { settings, client };
  const chosen = "names" in planting ? named(planting.names) : draw(setup, planting);
  for (const fault of chosen) fault.plant(setup);
  return SETUP_FAULTS.filter((fault) => chosen.includes(fault)).map(({ id }) => id);
}

function named(names: readonly string[]): SetupFault[] {
  return names.map((name) => {
    const fault = SETUP_FAULTS.find(({ id }) => id === name);
    if (fault === undefined) throw new RangeError(`${name} is not a fault that can be planted`);
    return fault;
  });
}

function draw(setup: Setup, { seed, signIn = ["redirect"], realm = false }: { seed: number } & Partial<WayIn>) {
  const random = seededRandom(seed);
  const open = SETUP_FAULTS.filter(({ matters, isThere }) => (matters?.({ signIn, realm }) ?? true) && !isThere(setup));
  const wanted = FEWEST + Math.floor(random() * MORE);
  const chosen: SetupFault[] = [];
  while (chosen.length < wanted && open.length > 0) {
    const [fault] = open.splice(Math.floor(random() * open.length), 1);
    const free = fault?.touches.every((thing) => !chosen.some(({ touches }) => touches.includes(thing)));
    if (fault !== undefined && free === true) chosen.push(fault);
  }
  return chosen;
}
