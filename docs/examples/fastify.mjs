import { resolve } from "node:path";
import pages from "@fastify/static";
import fastify from "fastify";
import { createNode, createNodeHandler, readSettings } from "mfa-enroll/bff";

const read = readSettings(process.env);
if ("problems" in read) throw new Error(read.problems.join("\n"));
const handle = createNodeHandler(createNode(read.settings).bff);

const app = fastify();
app.register(
  async (mfa) => {
    // The BFF reads its own bodies.
    mfa.removeAllContentTypeParsers();
    mfa.addContentTypeParser("*", (_request, _payload, done) => done(null));
    mfa.all("/*", (request, reply) => {
      reply.hijack();
      handle(request.raw, reply.raw);
    });
  },
  { prefix: "/api/mfa" },
);
app.register(pages, { root: resolve(process.env.PAGES ?? "public") });

await app.listen({ port: Number(process.env.PORT ?? 4300), host: "127.0.0.1" });
console.log("ready");
process.once("SIGTERM", () => void app.close());
