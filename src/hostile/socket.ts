import { connect } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { createSite } from "../app/site.ts";
import { listen } from "../bff/node-server.ts";
import { problemSchema } from "../contract/problem.ts";
import type { World } from "./world.ts";
import type { Wire } from "./wire.ts";
import { PLAIN_ANSWERS } from "./plain-answers.ts";

/*
 * Says to the real listener what no library would say. One connection for each request, closed by whoever has had enough.
 */

/** A sixth of a second of silence: the listener answers in a millisecond, and what it waits for will not come. */
const SILENCE_MS = 150;
/** Parts come apart, so that they are not read as one. */
const APART_MS = 2;

/** Says the mutated text of a request to the world's listener and returns what came back. */
export async function sayTo(
  world: World,
  wire: Wire,
  change: (text: string) => string | readonly string[],
): Promise<string> {
  const { bff, exchange, settings } = world.stack;
  const { basePath } = settings;
  // As it is served: the page, of which there is nothing here, and the BFF behind one listener.
  const fetch = createSite({ page: () => null, bff, basePath, https: true });
  const server = await listen({ fetch, door: { below: basePath, exchange }, host: "127.0.0.1", port: 0 });
  try {
    return await answerTo(server.port, [change(textOf(wire))].flat());
  } finally {
    await server.close();
  }
}

/** Returns the HTTP/1.1 text of a request, as a browser writes it. */
function textOf({ method, path, headers, body }: Wire): string {
  const content = typeof body === "string" ? body : "";
  const all = [
    ...headers,
    ["connection", "close"],
    ...(body === null ? [] : [["content-length", String(content.length)]]),
  ];
  return [`${method} ${path} HTTP/1.1`, ...all.map(([name, value]) => `${name}: ${value}`), "", content].join("\r\n");
}

/** Sends parts one after another and returns all that came back until either side has had enough. */
async function answerTo(port: number, parts: readonly string[]): Promise<string> {
  const socket = connect(port, "127.0.0.1");
  let heard = "";
  socket.on("data", (data) => {
    heard += data.toString("latin1");
  });
  // A listener that has refused may close while we are still writing: that is an answer too.
  socket.on("error", () => {});
  const closed = new Promise<void>((resolve) => {
    socket.once("close", () => resolve());
  });
  for (const part of parts) {
    if (socket.destroyed || heard !== "") break;
    socket.write(Buffer.from(part, "latin1"));
    if (parts.length > 1) await wait(APART_MS);
  }
  const silent = new AbortController();
  await Promise.race([closed, wait(SILENCE_MS, null, { signal: silent.signal }).catch(() => null)]);
  silent.abort();
  socket.destroy();
  await closed;
  return heard;
}

/** Every answer must refuse: from the catalogue, or without a body where the listener itself could not read the request. */
export function complaintsOfText(heard: string): string[] {
  const found: string[] = [];
  for (const answer of heard.split(/(?=HTTP\/1\.[01] \d{3})/).filter((part) => part !== "")) {
    const status = Number(answer.slice(9, 12));
    if (status < 400 || status === 500) found.push(`it was answered with ${answer.slice(0, 300)}`);
    const body = answer.slice(answer.indexOf("\r\n\r\n") + 4);
    if (PLAIN_ANSWERS.has(body.trim())) continue;
    try {
      if (!problemSchema.safeParse(JSON.parse(body)).success) found.push(`not of the catalogue: ${body.slice(0, 200)}`);
    } catch {
      found.push(`not of the catalogue: ${body.slice(0, 200)}`);
    }
  }
  return found;
}
