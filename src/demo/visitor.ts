import type { Fetch } from "../app/site.ts";
import { CLIENT_HEADER, IDEMPOTENCY_HEADER, type RouteName, routes } from "../contract/routes.ts";
import type { RouteBody } from "../contract/requests.ts";
import { type SessionView, sessionViewSchema } from "../contract/session-view.ts";
import { DEMO_PASSWORD } from "../simulator/people.ts";

/** Somebody who has used the page before it is opened: everything goes through the BFF, as the page itself would do it. */
export interface Visitor {
  /** What the browser would have been told to keep; null before anybody has signed in. */
  cookie(): string | null;
  signIn(email: string): Promise<void>;
  /** Proves who they are with a code by text to the first method they have. */
  prove(): Promise<void>;
  /** Asks for a code by text to a number. */
  askForText(number: string): Promise<void>;
  /** Asks for the same once more. */
  resend(): Promise<void>;
  /** Hands in a code: the one that was sent where none is given. */
  handIn(code?: string): Promise<void>;
  /** Says that the recovery code is saved. */
  saveRecoveryCode(): Promise<void>;
  /** Gives up what was begun. */
  cancel(): Promise<void>;
}

/** Where a visitor is: the page's origin, the BFF behind it, and the newest code that was sent to anybody. */
export interface VisitorParts {
  origin: string;
  basePath: string;
  fetch: Fetch;
  newestCode(): string;
}

/** Creates a visitor whom the BFF does not know yet. A refusal throws, except of a code. */
export function createVisitor({ origin, basePath, fetch, newestCode }: VisitorParts): Visitor {
  let kept: string | null = null;
  let view: SessionView | null = null;

  async function call<Name extends RouteName>(name: Name, body: RouteBody<Name>): Promise<unknown> {
    const { method, path } = routes[name];
    const headers = {
      "content-type": "application/json",
      [CLIENT_HEADER]: "1",
      [IDEMPOTENCY_HEADER]: crypto.randomUUID(),
      origin,
      cookie: kept?.split(";")[0] ?? "",
    };
    const answer = await fetch(
      new Request(`${origin}${basePath}${path}`, { method, headers, body: JSON.stringify(body) }),
    );
    kept = answer.headers.getSetCookie()[0] ?? kept;
    const told: unknown = await answer.json();
    if (!answer.ok) throw new Error(`The BFF refused ${name}: ${answer.status} ${JSON.stringify(told)}`);
    return told;
  }

  async function act<Name extends RouteName>(name: Name, body: RouteBody<Name>): Promise<void> {
    view = sessionViewSchema.parse(await call(name, body));
  }

  function enrollmentId(): string {
    if (view?.flow.step !== "code") throw new Error("No code is awaited.");
    return view.flow.enrollment.enrollmentId;
  }

  return {
    cookie: () => kept,
    async signIn(email) {
      await call("signIn", { way: "password", username: email, password: DEMO_PASSWORD });
      const headers = { [CLIENT_HEADER]: "1", origin, cookie: kept?.split(";")[0] ?? "" };
      const answer = await fetch(new Request(`${origin}${basePath}${routes.session.path}`, { headers }));
      view = sessionViewSchema.parse(await answer.json());
    },
    async prove() {
      const method = view?.authenticators?.items[0];
      if (!method) throw new Error("There is nothing to prove it with.");
      await act("challenge", { with: "authenticator", authenticatorId: method.id, channel: "sms" });
      if (view?.flow.step !== "proof") throw new Error("No proof is awaited.");
      await act("verify", { challengeId: view.flow.challenge.challengeId, code: newestCode() });
    },
    askForText: (number) => act("start", { channel: "sms", contact: number }),
    resend: () => act("resend", { enrollmentId: enrollmentId() }),
    async handIn(code) {
      const confirm = { enrollmentId: enrollmentId(), code: code ?? newestCode() };
      // A wrong one is refused, which is what it is for.
      if (code === undefined) await act("confirm", confirm);
      else await call("confirm", confirm).catch(() => null);
    },
    async saveRecoveryCode() {
      await call("recoveryCode", {});
      await act("acknowledge", {});
    },
    cancel: () => act("cancel", { enrollmentId: enrollmentId() }),
  };
}
