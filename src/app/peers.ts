/** Remembers who sent a request, for as long as the request lives. */
export interface Peers {
  note(request: Request, address: string | null): void;
  addressOf(request: Request): string | null;
}

/**
 * Creates the memory by which the BFF learns a client's address from the listener: a Fetch request itself has none, and a
 * header that says it can be written by anybody.
 */
export function createPeers(): Peers {
  const addresses = new WeakMap<Request, string>();
  return {
    note(request, address) {
      if (address !== null) addresses.set(request, address);
    },
    addressOf: (request) => addresses.get(request) ?? null,
  };
}
