import { randomInt } from "node:crypto";
import { createServer } from "node:net";

/** Below what systems hand out by themselves, so that nobody gets the port of a node that is down for a moment. */
const FROM = 15_000;
const TO = 30_000;
const TRIES = 50;

/** Finds a port of loopback that nobody holds and nobody is given by chance. */
export async function freePort(): Promise<number> {
  for (let tried = 0; tried < TRIES; tried += 1) {
    const port = randomInt(FROM, TO);
    if (await isFree(port)) return port;
  }
  throw new Error("No port of loopback is free.");
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
  });
}
