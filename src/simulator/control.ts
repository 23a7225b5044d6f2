import { Hono } from "hono";

import { rowsOf } from "./authenticators.ts";
import { changeSettings } from "./change-settings.ts";
import { outboxStream } from "./outbox-stream.ts";
import { readFault } from "./read-fault.ts";
import { readClient, readPerson } from "./read-seed.ts";
import type { Simulator } from "./simulator.ts";

/** Host names that only this machine can mean; another one is a page that had its name pointed here (DNS rebinding). */
const LOOPBACK = ["127.0.0.1", "localhost", "[::1]"];

/**
 * Creates the handler by which demos and drivers look behind the tenant's curtain: messages, people, ledger, switches,
 * faults. It is no part of the tenant's own surface and answers only under a loopback host name; whoever mounts it under
 * a prefix names that.
 */
export function createControl(simulator: Simulator, prefix = ""): (request: Request) => Promise<Response> {
  const { outbox, ledger, people, clients, settings, faults, push } = simulator;
  const app = new Hono();
  app.use(async (context, next) => {
    const { hostname } = new URL(context.req.url);
    const site = context.req.header("sec-fetch-site") ?? "none";
    const foreign = !LOOPBACK.includes(hostname) || site === "cross-site";
    // JSON only: a form of another page could otherwise reach these doors without being asked first.
    const plain =
      context.req.method === "POST" && !/^application\/json\b/.test(context.req.header("content-type") ?? "");
    if (foreign || plain) return context.json({ error: "forbidden" }, 403);
    await next();
    context.header("cache-control", "no-store");
    return undefined;
  });

  app.get("/outbox", (context) => context.json(outbox.list()));
  app.get("/outbox/stream", (context) => outboxStream(outbox, context.req.raw));
  app.get("/ledger", (context) => context.json(ledger.list()));
  app.get("/settings", (context) => context.json(settings));
  app.post("/settings", async (context) => {
    changeSettings(settings, await context.req.json());
    return context.json(settings);
  });
  app.get("/people", (context) => {
    return context.json(
      people.list().map((person) => {
        const { subject, name, email, emailVerified, password, about, locked } = person;
        const authenticators = rowsOf({ settings }, person);
        return { subject, name, email, emailVerified, password, about, locked, authenticators };
      }),
    );
  });
  app.post("/people", async (context) => {
    const { subject, email, password } = people.add(readPerson(await context.req.json()));
    return context.json({ subject, email, password });
  });
  app.delete("/people/:subject", (context) => {
    people.remove(context.req.param("subject"));
    return context.json({ removed: true });
  });
  app.post("/clients", async (context) => {
    const client = readClient(await context.req.json());
    const held = clients.findIndex(({ id }) => id === client.id);
    clients.splice(held < 0 ? clients.length : held, held < 0 ? 0 : 1, client);
    return context.json({ id: client.id });
  });
  app.get("/minted", (context) => context.json(simulator.minted()));
  app.post("/reset", (context) => {
    simulator.reset();
    return context.json({ reset: true });
  });
  app.get("/push", (context) => context.json(push.pending()));
  app.post("/push/answer", async (context) => {
    const choice: unknown = await context.req.json();
    if (!isChoice(choice)) throw new RangeError("subject and approve are needed");
    return context.json({ answered: push.answer(choice) });
  });
  app.get("/faults", (context) => context.json({ rules: faults.list(), struck: faults.struck() }));
  app.post("/faults", async (context) => {
    faults.add(readFault(await context.req.json()));
    return context.json({ rules: faults.list() });
  });
  app.delete("/faults", (context) => {
    faults.clear();
    return context.json({ rules: [] });
  });
  app.notFound((context) => context.json({ error: "not_found" }, 404));
  app.onError((error, context) => {
    if (error instanceof RangeError || error instanceof SyntaxError) return context.json({ error: error.message }, 400);
    throw error;
  });
  const mounted = new Hono().route(prefix === "" ? "/" : prefix, app);
  return async (request) => mounted.fetch(request);
}

function isChoice(value: unknown): value is { subject: string; approve: boolean } {
  if (typeof value !== "object" || value === null) return false;
  return typeof Reflect.get(value, "subject") === "string" && typeof Reflect.get(value, "approve") === "boolean";
}
