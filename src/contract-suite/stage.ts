import type { Login, NewClient, Target, Traits } from "./target.ts";

/** An answer, read to its end. `body` is what its JSON says, or its text where it is no JSON. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: unknown;
}

/** What a request carries. At most one of `json`, `form` and `raw`. */
export interface Sent {
  readonly bearer?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly json?: unknown;
  readonly form?: Readonly<Record<string, string>>;
  /** A body as it is, without a content type of its own. */
  readonly raw?: string;
}

/** A tenant as a behaviour sees it: literal requests go out, answers come back read. */
export interface Stage {
  readonly target: Target;
  readonly issuer: string;
  readonly mfaAudience: string;
  /** A number that may be texted. */
  readonly phone: string;
  /** The application's credentials, as members of a body. */
  readonly client: { readonly client_id: string; readonly client_secret: string };
  /** Sends a request named by method and path, such as `POST /mfa/associate`. */
  send(line: string, sent?: Sent): Promise<Answer>;
  /** Asks `POST /oauth/token` with a form and the application's credentials. */
  token(form: Readonly<Record<string, string>>): Promise<Answer>;
  person(traits?: Traits): Promise<Login>;
  remove(person: Login): Promise<void>;
  addClient(client: NewClient): Promise<void>;
  change(switches: Readonly<Record<string, unknown>>): Promise<void>;
  readCode(contact: string): Promise<string>;
  answerPush(person: Login, approve: boolean): Promise<void>;
}

/** Opens the stage on a tenant. */
export function createStage(target: Target): Stage {
  async function send(line: string, { bearer, headers: given, json, form, raw }: Sent = {}): Promise<Answer> {
    const [method = "", path = ""] = line.split(" ");
    const headers = new Headers(given);
    if (bearer !== undefined) headers.set("authorization", `Bearer ${bearer}`);
    if (json !== undefined) headers.set("content-type", "application/json");
    if (form !== undefined) headers.set("content-type", "application/x-www-form-urlencoded");
    const body = raw ?? (json === undefined ? form && new URLSearchParams(form).toString() : JSON.stringify(json));
    // A text would be given a content type that nobody asked for; bytes are not.
    const init = { method, headers, ...(body === undefined ? {} : { body: new TextEncoder().encode(body) }) };
    return read(await target.fetch(new Request(new URL(path.slice(1), target.issuer), init)));
  }
  return {
    target,
    issuer: target.issuer,
    mfaAudience: target.mfaAudience,
    phone: target.phone,
    client: target.client,
    send,
    token: (form) => send("POST /oauth/token", { form: { ...target.client, ...form } }),
    person: (traits) => target.person(traits),
    remove: (person) => target.remove(person),
    addClient: (client) => target.addClient(client),
    change: (switches) => target.change(switches),
    readCode: (contact) => target.readCode(contact),
    answerPush: (person, approve) => target.answerPush(person, approve),
  };
}

async function read(response: Response): Promise<Answer> {
  const text = await response.text();
  const { status, headers } = response;
  return { status, headers, text, body: parse(text) };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
