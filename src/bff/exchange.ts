/*
 * The BFF's inner door: what comes in and what goes out, without Fetch objects, which cost more than the work that is done
 * for them. The Fetch door below and the listener in `node-server.ts` are two ways to it.
 */

/** Describes a request as it was sent: nothing is decoded, joined or normalised. */
export type Asked = {
  method: string;
  /** From the first slash to the question mark. */
  path: string;
  /** From the question mark on; empty without one. */
  search: string;
  /** Returns every value that was sent under a lower-case name, in their order. */
  values(name: string): readonly string[];
  /** The address of whoever is connected; null when there is none to trust. */
  peer: string | null;
  /** Reads the body. Resolves to null when it is longer than `limit` bytes, without reading the rest. */
  body(limit: number): Promise<Uint8Array | null>;
  /** Returns the same as a Fetch request, without its body: for a host that asks who is signed in. */
  request(): Request;
};

/** Describes an answer. Header names are lower case. */
export type Answered = { status: number; headers: [name: string, value: string][]; body: string | null };

/** Answers a request; never rejects. */
export type Exchange = (asked: Asked) => Promise<Answered>;

/** Returns a Fetch request as the inner door takes it. Fetch has joined repeated headers already, so that they match nothing. */
export function askedOf(request: Request, peer: string | null): Asked {
  const { pathname, search, host } = new URL(request.url);
  return {
    method: request.method,
    path: pathname,
    search,
    values(name) {
      const value = request.headers.get(name);
      if (value !== null) return [value];
      // A Fetch request need not carry the header that HTTP/1.1 asks for; its address says the same.
      return name === "host" ? [host] : [];
    },
    peer,
    body: (limit) => readBody(request, limit),
    request: () => request,
  };
}

/** Returns an answer as a Fetch response. */
export function responseOf({ status, headers, body }: Answered): Response {
  return new Response(body, { status, headers });
}

async function readBody(request: Request, limit: number): Promise<Uint8Array | null> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = request.body?.getReader();
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
    size += part.value.length;
    if (size > limit) {
      await reader?.cancel();
      return null;
    }
    chunks.push(part.value);
  }
  return Buffer.concat(chunks);
}
