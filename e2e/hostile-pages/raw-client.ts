import { connect } from "node:net";
import type { World } from "./world.ts";

/** Header lines, in their order. */
export type Lines = readonly (readonly [name: string, value: string])[];

/** An answer as it came. */
export interface RawAnswer {
  status: number;
  /** Names of its headers, in lower case. */
  answered: string[];
  path: string;
  body: string;
}

/** Asks the production server with exactly these headers, in this order. */
export async function askRaw(world: World, start: { method: string; path: string }, lines: Lines, body = ""): Promise<RawAnswer> {
  const socket = connect(Number(new URL(world.site.page).port), "127.0.0.1");
  const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join("");
  socket.end(`${start.method} ${start.path} HTTP/1.1\r\n${head}Connection: close\r\nContent-Length: ${String(body.length)}\r\n\r\n${body}`, "latin1");
  let text = "";
  for await (const chunk of socket) text += String(chunk);
  const [top = "", ...parts] = text.split("\r\n\r\n");
  const [first = "", ...rest] = top.split("\r\n");
  const answered = rest.map((line) => line.slice(0, line.indexOf(":")).toLowerCase());
  return { status: Number(first.split(" ")[1]), answered, path: start.path, body: parts.join("") };
}

