import { createServer } from "node:http";
import { createNode, createNodeHandler, readSettings } from "mfa-enroll/bff";

const read = readSettings(process.env);
if ("problems" in read) throw new Error(read.problems.join("\n"));
const { settings } = read;
const answerMfa = createNodeHandler(createNode(settings).bff);

const server = createServer((request, response) => {
  if (request.url?.startsWith(`${settings.basePath}/`)) return answerMfa(request, response);
  response.writeHead(200, { "content-type": "text/plain; charset=utf-8" }).end("Your own pages.\n");
});
server.listen(Number(process.env.PORT ?? 4300), "127.0.0.1", () => console.log("ready"));
process.once("SIGTERM", () => server.close(() => process.exit(0)));
