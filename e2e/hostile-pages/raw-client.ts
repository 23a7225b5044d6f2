import { connect } from "node:net";
import type { World } from "./world.ts";

/** Header lines, in their order. */
export type Lines = readonly (readonly [name: string, value: string])[];

/** An answer as it came. */
export interface RawAnswer {
  status: number;
  /** Its headers, by their names in lower case. */
  headers: ReadonlyMap<string, string>;
  /** Those names. */
  answered: string[];
  path: string;
  body: string;
}

/** Asks the production server with exactly these headers, in this order. */
export async function askRaw(
  world: World,
  start: { method: string; path: string },
  lines: Lines,
  body = "",
): Promise<RawAnswer> {
  const socket = connect(Number(new URL(world.site.page).port), "127.0.0.1");
  const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join("");
  socket.end(
    `${start.method} ${start.path} HTTP/1.1\r\n${head}Connection: close\r\nContent-Length: ${String(body.length)}\r\n\r\n${body}`,
    "latin1",
  );
  let text = "";
  for await (const chunk of socket) text += String(chunk);
  const [top = "", ...parts] = text.split("\r\n\r\n");
  const [first = "", ...rest] = top.split("\r\n");
  const headers = new Map(
    rest.map((line) => [line.slice(0, line.indexOf(":")).toLowerCase(), line.slice(line.indexOf(":") + 1).trim()]),
  );
  return {
    status: Number(first.split(" ")[1]),
    headers,
    answered: [...headers.keys()],
    path: start.path,
    body: parts.join(""),
  };
}
