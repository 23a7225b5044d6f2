import type { AddressInfo } from "node:net";

import { createAdaptorServer, type ServerType } from "@hono/node-server";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";

import { createControl } from "./control.ts";
import { createMailSender } from "./mail-sender.ts";
import { type Mail, type Mailbox, startMailbox } from "./mailbox.ts";
import { createSimulator, type Simulator, type SimulatorOptions } from "./simulator.ts";

/** How a tenant is put on a port. */
export interface ServeOptions extends Omit<SimulatorOptions, "issuer" | "sendMail"> {
  /** A free port when 0. */
  readonly port: number;
  /** 127.0.0.1 when absent: the control doors are for this machine only. */
  readonly host?: string;
  /** Takes a free port when the wanted one is taken, instead of failing. */
  readonly fallback?: boolean;
  /** The origin it listens at when absent. */
  readonly issuer?: string;
  /** Sends mail there; without it a mailbox of its own is started and what it receives shows in the outbox. */
  readonly smtpUrl?: string;
  /** Where the control doors are. */
  readonly controlPrefix?: string;
}

/** A tenant that listens. */
export interface ServedTenant {
  readonly origin: string;
  readonly simulator: Simulator;
  /** Address of the control doors, without a slash at the end. */
  readonly controlUrl: string;
  /** Null when mail goes to an SMTP address that was given. */
  readonly mailbox: Mailbox | null;
  close(): Promise<void>;
}

/** Starts a tenant with its control doors and mailbox, and resolves when all of them listen. */
export async function startTenant(options: ServeOptions): Promise<ServedTenant> {
  const { port, host = "127.0.0.1", fallback = false, issuer, smtpUrl, controlPrefix = "/_control", ...rest } = options;
  // The issuer holds the port, and the port is known only once it is ours, so the tenant is made behind the listener.
  let handle: (request: Request) => Promise<Response> = async () => new Response(null, { status: 503 });
  const server = createAdaptorServer({
    fetch: async (request, env) => {
      try {
        return await handle(request);
      } catch (reason) {
        if (!isReset(reason) || !("outgoing" in env)) throw reason;
        env.outgoing.destroy();
        return RESPONSE_ALREADY_SENT;
      }
    },
  });
  const taken = await listen(server, port, host, fallback);
  const origin = `http://${host.includes(":") ? `[${host}]` : host}:${taken}`;

  const arrived = createRelay();
  const mailbox =
    smtpUrl === undefined
      ? await startMailbox({
          ...(rest.now === undefined ? {} : { now: rest.now }),
          onMail: (mail) => arrived.pass(mail),
        })
      : null;
  const sender = createMailSender(smtpUrl ?? mailbox?.url ?? "");
  const tenant = createSimulator({ ...rest, issuer: issuer ?? `${origin}/`, sendMail: (mail) => sender.send(mail) });
  arrived.to(({ to, subject, text }) => {
    const code = /\b\d{6}\b/.exec(text)?.[0];
    tenant.outbox.post({ channel: "email", to, subject, text, ...(code === undefined ? {} : { code }) });
  });
  const control = createControl(tenant, controlPrefix);
  handle = (request) => {
    const { pathname } = new URL(request.url);
    return pathname.startsWith(`${controlPrefix}/`) ? control(request) : tenant.fetch(request);
  };

  return {
    origin,
    simulator: tenant,
    controlUrl: `${origin}${controlPrefix}`,
    mailbox,
    async close() {
      await closeServer(server);
      sender.close();
      await mailbox?.close();
    },
  };
}

/** Joins the mailbox, which must listen first, to the tenant, which is made with its address. */
function createRelay(): { pass(mail: Mail): void; to(listener: (mail: Mail) => void): void } {
  const listeners = new Set<(mail: Mail) => void>();
  return {
    pass: (mail) => listeners.forEach((listener) => listener(mail)),
    to: (listener) => {
      listeners.add(listener);
    },
  };
}

function isReset(reason: unknown): boolean {
  return reason instanceof Error && "code" in reason && reason.code === "ECONNRESET";
}

async function listen(server: ServerType, port: number, host: string, fallback: boolean): Promise<number> {
  const attempt = (wanted: number): Promise<void> =>
    new Promise((resolve, reject) => {
      server.once("error", reject);
      server.listen(wanted, host, () => {
        server.removeListener("error", reject);
        resolve();
      });
    });
  try {
    await attempt(port);
  } catch (reason) {
    const busy = reason instanceof Error && "code" in reason && reason.code === "EADDRINUSE";
    if (!busy || !fallback) throw reason;
    await attempt(0);
  }
  const address: string | AddressInfo | null = server.address();
  return typeof address === "object" && address !== null ? address.port : port;
}

/** Time in which answers under way may finish; open message streams never would. */
const GRACE_MS = 500;

function closeServer(server: ServerType): Promise<void> {
  return new Promise((resolve) => {
    // Idle keep-alive sockets hold a closing server open for seconds, so they are closed as they fall idle.
    const idle = setInterval(() => "closeIdleConnections" in server && server.closeIdleConnections(), 50);
    const force = setTimeout(() => "closeAllConnections" in server && server.closeAllConnections(), GRACE_MS);
    server.close(() => {
      clearInterval(idle);
      clearTimeout(force);
      resolve();
    });
  });
}
