import express from "express";
import { createNode, createNodeHandler, readSettings } from "mfa-enroll/bff";

const read = readSettings(process.env);
if ("problems" in read) throw new Error(read.problems.join("\n"));
const { bff } = createNode(read.settings);

const app = express();
// Before whatever parses bodies: the BFF reads its own.
app.use("/api/mfa", createNodeHandler(bff));
app.use(express.static(process.env.PAGES ?? "public"));

const server = app.listen(Number(process.env.PORT ?? 4300), "127.0.0.1", () => console.log("ready"));
process.once("SIGTERM", () => server.close(() => process.exit(0)));
