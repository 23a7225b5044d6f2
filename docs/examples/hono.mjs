import { getConnInfo } from "@hono/node-server/conninfo";
import { serve } from "@hono/node-server";
import { serveStatic } from "@hono/node-server/serve-static";
import { Hono } from "hono";
import { createNode, readSettings } from "mfa-enroll/bff";

const read = readSettings(process.env);
if ("problems" in read) throw new Error(read.problems.join("\n"));
const { bff } = createNode(read.settings);

const app = new Hono();
// Who is connected is told apart from the request: the limits count by address.
app.all("/api/mfa/*", (context) => bff(context.req.raw, { peer: getConnInfo(context).remote.address ?? null }));
app.use("*", serveStatic({ root: process.env.PAGES ?? "public" }));

const server = serve({ fetch: app.fetch, port: Number(process.env.PORT ?? 4300), hostname: "127.0.0.1" }, () =>
  console.log("ready"),
);
process.once("SIGTERM", () => server.close(() => process.exit(0)));
