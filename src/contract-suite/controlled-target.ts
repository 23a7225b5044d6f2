import { member, textOf } from "./expectation.ts";
import { PHONE } from "./rehearsal.ts";
import type { Need, Target } from "./target.ts";

/** A tenant over HTTP whose control doors are open. */
export interface ControlledOptions {
  /** Where it listens, with a slash at the end. */
  readonly origin: string;
  /** Address of the control doors. */
  readonly control: string;
  readonly client: Target["client"];
}

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
];

/** Time in which a mail must have come through its carrier. */
const MAIL_MS = 3000;
/** Between two looks for it. */
const LOOK_MS = 20;

/**
 * Creates the view of a simulated tenant over real HTTP. It is reset before each behaviour, which ends whatever else uses
 * it. Its issuer may be an https address other than where it listens; what is meant for the one is sent to the other.
 */
export async function createControlledTarget({ origin, control, client }: ControlledOptions): Promise<Target> {
  const discovery: unknown = await (await fetch(`${origin}.well-known/openid-configuration`)).json();
  const issuer = textOf(discovery, "issuer");
  const doors = control.replace(/\/$/, "");
  let count = 0;
  let readUntil = new Map<string, number>();
  const subjects = new Map<string, string>();

  async function ask(method: string, path: string, json?: unknown): Promise<unknown> {
    const headers = { "content-type": "application/json" };
    const body = json === undefined ? {} : { body: JSON.stringify(json) };
    const answer = await fetch(`${doors}${path}`, { method, headers, ...body });
    if (!answer.ok) throw new Error(`the control doors answered ${answer.status} to ${method} ${path}`);
    return answer.json();
  }

  async function messagesTo(contact: string): Promise<readonly string[]> {
    const all: unknown = await ask("GET", "/outbox");
    const messages = Array.isArray(all) ? all.map((one: unknown) => Object.assign({ to: "", code: "" }, one)) : [];
    return messages.filter(({ to }) => to === contact).map(({ code }) => code);
  }

  function subjectOf(username: string): string {
    const subject = subjects.get(username);
    if (subject === undefined) throw new Error(`there is no ${username}`);
    return subject;
  }

  return {
    issuer,
    mfaAudience: `${issuer}mfa/`,
    client,
    realm: null,
    phone: PHONE,
    offers: new Set<Need>(issuer.startsWith("https:") ? [...OFFERS, "https"] : OFFERS),
    async fetch(request) {
      const { method, headers, url } = request;
      const body = method === "GET" || method === "HEAD" ? {} : { body: await request.arrayBuffer() };
      return fetch(url.replace(issuer, origin), { method, headers, redirect: "manual", ...body });
    },
    async begin() {
      await ask("POST", "/reset", {});
      // A tenant that was started for a demo may have a policy of its own.
      await ask("POST", "/settings", { policy: "never" });
      readUntil = new Map();
    },
    async person(traits = {}) {
      count += 1;
      const subject = `auth0|person${count}`;
      const seed = { subject, name: "Somebody", email: `person${count}@example.com`, password: "Contract-Suite-1" };
      const { email, password } = { ...seed, ...traits };
      subjects.set(email, subject);
      await ask("POST", "/people", { ...seed, ...traits });
      return { username: email, password };
    },
    async remove({ username }) {
      await ask("DELETE", `/people/${encodeURIComponent(subjectOf(username))}`);
    },
    async addClient(added) {
      await ask("POST", "/clients", added);
    },
    async change(switches) {
      await ask("POST", "/settings", switches);
    },
    async readCode(contact) {
      const from = readUntil.get(contact) ?? 0;
      // Texts are there at once; mail takes its way through a mail server.
      for (let waited = 0; waited < MAIL_MS; waited += LOOK_MS) {
        const code = (await messagesTo(contact))[from];
        if (code !== undefined) {
          readUntil.set(contact, from + 1);
          return code;
        }
        await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
      }
      throw new Error(`no message with a code arrived at ${contact}`);
    },
    async answerPush({ username }, approve) {
      const answer = await ask("POST", "/push/answer", { subject: subjectOf(username), approve });
      if (member(answer, "answered") !== true) throw new Error("no push is waiting");
    },
  };
}
