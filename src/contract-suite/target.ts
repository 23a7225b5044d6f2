/** What a behaviour may ask of a tenant beyond its two base addresses; a tenant that does not offer it makes it skip. */
export type Need =
  | "client"
  | "person"
  | "mfaToken"
  | "unenrolled"
  | "traces"
  | "texts"
  | "newPerson"
  | "codes"
  | "push"
  | "switches"
  | "https";

/** Says, for each need, what a tenant lacks that does not offer it. */
export const LACKS: Readonly<Record<Need, string>> = {
  client: "there are no credentials of an application",
  person: "there is no user name and password to sign in with",
  mfaToken: "signing in does not stop at a second factor, so there is no mfa_token",
  unenrolled: "the person has an active authenticator already, so the mfa_token enrolls nothing",
  traces: "it leaves authenticators behind that nobody confirmed (--leave-traces allows it)",
  texts: "it sends text messages (--send-texts with TEST_PHONE allows it)",
  newPerson: "it needs a new person to enroll, and this tenant's people are not ours to make",
  codes: "somebody would have to read the message",
  push: "somebody would have to answer on a phone",
  switches: "it needs settings of the tenant that are not ours to change",
  https: "this client speaks to https addresses only",
};

/** User name and password of somebody. */
export interface Login {
  readonly username: string;
  readonly password: string;
}

/** What a new person has from the start. */
export interface Traits {
  readonly email?: string;
  readonly emailVerified?: boolean;
  readonly phone?: string;
  readonly totpSecret?: string;
  readonly pushDevice?: string;
  readonly recoveryCode?: string;
  readonly locked?: boolean;
  readonly refusal?: { readonly status: number; readonly error: string; readonly description: string };
}

/** An application registered for the length of one behaviour; public without a secret. */
export interface NewClient {
  readonly id: string;
  readonly secret?: string;
  readonly grantTypes?: readonly string[];
  /** What it may ask of the Management API in its own name; without it the application is not let in there. */
  readonly managementScopes?: readonly string[];
}

/** The tenant under examination, whichever it is. */
export interface Target {
  /** Ends with a slash. */
  readonly issuer: string;
  readonly mfaAudience: string;
  readonly client: { readonly client_id: string; readonly client_secret: string };
  /** The connection people sign in to; null where plain `password` finds it by itself. */
  readonly realm: string | null;
  /** A number that may be texted. */
  readonly phone: string;
  readonly offers: ReadonlySet<Need>;
  readonly fetch: (request: Request) => Promise<Response>;
  /** Puts the tenant back to its start, where it can be; called before each behaviour. */
  begin(): Promise<void>;
  /** Makes somebody new where `newPerson` is offered; gives the one person there is elsewhere. */
  person(traits?: Traits): Promise<Login>;
  /** Takes somebody away. */
  remove(person: Login): Promise<void>;
  addClient(client: NewClient): Promise<void>;
  /** Changes switches of the tenant by their names. */
  change(switches: Readonly<Record<string, unknown>>): Promise<void>;
  /** Gives the code of the next message to that number or address, in the order in which they were sent. */
  readCode(contact: string): Promise<string>;
  /** Approves or denies what waits on a person's phone. */
  answerPush(person: Login, approve: boolean): Promise<void>;
}
