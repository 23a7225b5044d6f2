import type { Asked } from "../bff/exchange.ts";
import { PAGE } from "../journeys/stack.ts";
import type { Wire } from "./wire.ts";

/** The address of whoever sends hostile requests (RFC 5737). */
const PEER = "192.0.2.7";

/** Returns a wire as the listener hands it to the inner door: nothing is decoded, joined or normalised. */
export function askedOf({ method, path, headers, body }: Wire): Asked {
  const mark = path.indexOf("?");
  const bytes = typeof body === "string" ? Buffer.from(body) : (body ?? new Uint8Array());
  return {
    method,
    path: mark < 0 ? path : path.slice(0, mark),
    search: mark < 0 ? "" : path.slice(mark),
    values: (name) => headers.filter(([known]) => known.toLowerCase() === name).map(([, value]) => value),
    peer: PEER,
    body: async (limit) => (bytes.length > limit ? null : bytes),
    request: () => new Request(PAGE),
  };
}
