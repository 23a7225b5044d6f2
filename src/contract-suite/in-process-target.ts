import { changeSettings } from "../simulator/change-settings.ts";
import { createSimulator, type Simulator, type SimulatorOptions } from "../simulator/simulator.ts";
import { PHONE } from "./rehearsal.ts";
import type { Login, Need, Target } from "./target.ts";

/** Every need: nothing is out of reach of a tenant in this process. */
const OFFERS: readonly Need[] = [
  "client",
  "person",
  "mfaToken",
  "unenrolled",
  "traces",
  "texts",
  "newPerson",
  "codes",
  "push",
  "switches",
  "https",
];

/** What may be put wrong with the tenant before each behaviour, to see who notices. */
export interface Spoiling {
  readonly settings?: SimulatorOptions["settings"];
  readonly spoil?: (tenant: Simulator) => void;
  readonly alter?: (answer: Response, request: Request) => Promise<Response> | Response;
}

/** Creates a tenant in this process, without sockets, that is made anew for each behaviour. */
export function createInProcessTarget({ settings, spoil, alter }: Spoiling = {}): Target {
  const issuer = "https://tenant.test/";
  let tenant = createSimulator({ issuer });
  let count = 0;
  let readUntil = new Map<string, number>();

  function subjectOf({ username }: Login): string {
    const person = tenant.people.find(username);
    if (person === undefined) throw new Error(`there is no ${username}`);
    return person.subject;
  }

  return {
    issuer,
    mfaAudience: `${issuer}mfa/`,
    client: { client_id: "mfa-enroll-demo", client_secret: "mfa-enroll-demo-secret" },
    realm: null,
    phone: PHONE,
    offers: new Set(OFFERS),
    async fetch(request) {
      const answer = await tenant.fetch(request);
      return alter === undefined ? answer : alter(answer, request);
    },
    async begin() {
      tenant = createSimulator({ issuer, ...(settings === undefined ? {} : { settings }) });
      readUntil = new Map();
      spoil?.(tenant);
    },
    async person(traits = {}) {
      count += 1;
      const email = `person${count}@example.com`;
      const seed = { subject: `auth0|person${count}`, name: "Somebody", email, ...traits };
      const { email: username, password } = tenant.people.add(seed);
      return { username, password };
    },
    async remove(person) {
      tenant.people.remove(subjectOf(person));
    },
    async addClient({ id, secret = null, grantTypes, managementScopes }) {
      const [demo] = tenant.clients;
      if (demo === undefined) throw new Error("a tenant has an application");
      tenant.clients.push({
        ...demo,
        id,
        secret,
        grantTypes: [...(grantTypes ?? demo.grantTypes)],
        managementScopes: managementScopes === undefined ? null : [...managementScopes],
      });
    },
    async change(switches) {
      changeSettings(tenant.settings, switches);
    },
    async readCode(contact) {
      const from = readUntil.get(contact) ?? 0;
      const code = tenant.outbox.list().filter(({ to }) => to === contact)[from]?.code;
      if (code === undefined) throw new Error(`no message with a code arrived at ${contact}`);
      readUntil.set(contact, from + 1);
      return code;
    },
    async answerPush(person, approve) {
      if (!tenant.push.answer({ subject: subjectOf(person), approve })) throw new Error("no push is waiting");
    },
  };
}
