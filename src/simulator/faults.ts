/** What goes wrong. Waits are in milliseconds, lengths in bytes. */
export type FaultAction =
  | {
      readonly type: "status";
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: string;
    }
  | { readonly type: "garbage"; readonly body?: string; readonly contentType?: string }
  | { readonly type: "delay"; readonly milliseconds: number }
  | { readonly type: "drip"; readonly milliseconds: number; readonly bytes: number }
  | { readonly type: "truncate"; readonly bytes: number }
  | { readonly type: "reset"; readonly bytes?: number };

/**
 * When and where something goes wrong. `before`: the tenant has done nothing. `afterCommit`: it did everything and the
 * answer is lost or spoilt. `midBody`: the head of the answer is out already.
 */
export interface FaultRule {
  /** Method and path such as `POST /mfa/associate`; ids are written `:id`, users', applications' and connections' too; a grant may follow: `POST /oauth/token mfa-oob`. */
  readonly route: string;
  /** Which request to that route since the rule was added, counted from 1; every one when absent. */
  readonly nth?: number;
  readonly phase: "before" | "afterCommit" | "midBody";
  readonly action: FaultAction;
}

/** The rules in force. */
export interface Faults {
  /** Puts a rule in force; `onStruck` is told each time that it strikes. */
  add(rule: FaultRule, onStruck?: () => void): void;
  list(): readonly FaultRule[];
  clear(): void;
  /** Counts how often each `route phase action` struck since the last clear. */
  struck(): Readonly<Record<string, number>>;
}

/** The door every request passes: the handler, with the rules in force around it. */
export interface FaultDoor extends Faults {
  pass(request: Request, handle: (request: Request) => Promise<Response>): Promise<Response>;
}

/** Creates a door without rules. `wait` resolves after so many milliseconds, in real or in virtual time. */
export function createFaults(wait: (milliseconds: number) => Promise<void>): FaultDoor {
  let rules: { rule: FaultRule; seen: number; onStruck: () => void }[] = [];
  let counts: Record<string, number> = {};

  function due(routes: readonly string[]) {
    const matching = rules.filter(({ rule }) => routes.includes(rule.route));
    for (const held of matching) held.seen += 1;
    return matching.filter(({ rule, seen }) => rule.nth === undefined || rule.nth === seen);
  }

  async function strike(
    { rule, onStruck }: { rule: FaultRule; onStruck: () => void },
    answer: Response | null,
  ): Promise<Response | null> {
    onStruck();
    const key = `${rule.route} ${rule.phase} ${rule.action.type}`;
    counts = { ...counts, [key]: (counts[key] ?? 0) + 1 };
    return spoil(rule, answer, wait);
  }

  return {
    add: (rule, onStruck = () => {}) => {
      rules.push({ rule, seen: 0, onStruck });
    },
    list: () => rules.map(({ rule }) => rule),
    clear: () => {
      rules = [];
      counts = {};
    },
    struck: () => ({ ...counts }),
    async pass(request, handle) {
      if (rules.length === 0) return handle(request);
      const struck = due(await routesOf(request));
      for (const held of struck.filter(({ rule }) => rule.phase === "before")) {
        const instead = await strike(held, null);
        if (instead !== null) return instead;
      }
      let answer = await handle(request);
      for (const held of struck.filter(({ rule }) => rule.phase !== "before")) {
        answer = (await strike(held, answer)) ?? answer;
      }
      return answer;
    },
  };
}

async function spoil(
  { phase, action }: FaultRule,
  answer: Response | null,
  wait: (milliseconds: number) => Promise<void>,
): Promise<Response | null> {
  switch (action.type) {
    case "status":
      return new Response(action.body ?? "", { status: action.status, headers: { ...action.headers } });
    case "garbage":
      return new Response(action.body ?? "<html>not what you asked for", {
        headers: { "content-type": action.contentType ?? "text/html" },
      });
    case "reset":
      if (phase === "midBody" && answer !== null) return cut(answer, action.bytes ?? 1, true);
      throw connectionReset();
    case "delay":
      await wait(action.milliseconds);
      return answer;
    case "truncate":
      return answer === null ? null : cut(answer, action.bytes, false);
    default:
      return answer === null ? null : drip(answer, action, wait);
  }
}

/** Makes the error that a socket gives when the other side goes away. */
function connectionReset(): Error {
  return Object.assign(new Error("read ECONNRESET"), { code: "ECONNRESET" });
}

async function cut(answer: Response, bytes: number, broken: boolean): Promise<Response> {
  const kept = new Uint8Array(await answer.arrayBuffer()).slice(0, bytes);
  let sent = false;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (!sent) {
        sent = true;
        if (kept.length > 0) controller.enqueue(kept);
        if (!broken) controller.close();
      } else {
        controller.error(connectionReset());
      }
    },
  });
  return new Response(body, answer);
}

async function drip(
  answer: Response,
  { milliseconds, bytes }: { milliseconds: number; bytes: number },
  wait: (milliseconds: number) => Promise<void>,
): Promise<Response> {
  const whole = new Uint8Array(await answer.arrayBuffer());
  let from = 0;
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      await wait(milliseconds);
      controller.enqueue(whole.slice(from, from + Math.max(1, bytes)));
      from += Math.max(1, bytes);
      if (from >= whole.length) controller.close();
    },
  });
  return new Response(body, answer);
}

/** Names a request the ways a rule may: by its route, and for tokens by its grant as well. */
async function routesOf(request: Request): Promise<string[]> {
  const path = new URL(request.url).pathname
    .replace(/^(\/mfa\/authenticators)\/.+$/, "$1/:id")
    .replace(/^(\/api\/v2\/(?:users|clients|connections))\/[^/]+/, "$1/:id");
  const route = `${request.method} ${path}`;
  if (path !== "/oauth/token") return [route];
  const body = decodeURIComponent((await request.clone().text()).replaceAll(/%(?![0-9a-f]{2})/gi, "%25"));
  const grant = /grant_type["']?\s*[=:]\s*"?(?:http:\/\/auth0\.com\/oauth\/grant-type\/)?([\w-]+)/.exec(body)?.[1];
  return grant === undefined ? [route] : [route, `${route} ${grant}`];
}
