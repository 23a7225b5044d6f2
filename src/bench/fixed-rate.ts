import { setTimeout as pause } from "node:timers/promises";
import { Pool } from "undici";
import type { Asked } from "./requests.ts";

/** More than can be under way at once at the rates of the bench, so that none waits for a connection. */
const CONNECTIONS = 128;

/**
 * Sends the requests at a fixed rate a second, however slowly they are answered, and returns how long each took from the instant
 * at which it was due, in ms, shortest first. Rejects for an answer beyond 399.
 */
export async function sendAtRate(port: number, rate: number, requests: readonly Asked[]): Promise<number[]> {
  const pool = new Pool(`http://127.0.0.1:${port}`, { connections: CONNECTIONS });
  const begun = performance.now();
  const took = requests.map(async (request, index) => {
    const due = begun + (index * 1000) / rate;
    // A timer counts whole ms, and must not end before the request is due.
    await pause(Math.max(0, Math.ceil(due - performance.now())));
    const answer = await pool.request(request);
    await answer.body.dump();
    if (answer.statusCode >= 400) throw new Error(`A request at a fixed rate was answered ${answer.statusCode}.`);
    return performance.now() - due;
  });
  try {
    return (await Promise.all(took)).toSorted((a, b) => a - b);
  } finally {
    await pool.close();
  }
}
