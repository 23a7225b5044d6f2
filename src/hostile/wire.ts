/*
 * A request as plain data, before any library has tidied it: what a hostile one says can often not be said through Fetch objects.
 */

/** Describes a request to the BFF. Header names may stand twice; the path begins at the origin and may carry a query. */
export type Wire = {
  readonly method: string;
  readonly path: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string | Uint8Array | null;
};

/** Returns the wire with one header in place of all of its name. */
export function withHeader(wire: Wire, name: string, value: string): Wire {
  return { ...wire, headers: [...withoutHeader(wire, name).headers, [name, value]] };
}

/** Returns the wire with one more header, whatever it carries already. */
export function withMore(wire: Wire, name: string, value: string): Wire {
  return { ...wire, headers: [...wire.headers, [name, value]] };
}

/** Returns the wire without the headers of a name. */
export function withoutHeader(wire: Wire, name: string): Wire {
  return { ...wire, headers: wire.headers.filter(([known]) => known.toLowerCase() !== name.toLowerCase()) };
}

/** Returns the first header of a name; throws where there is none, for then the mutation would be none. */
export function headerOf(wire: Wire, name: string): string {
  const found = wire.headers.find(([known]) => known.toLowerCase() === name.toLowerCase());
  if (!found) throw new Error(`The request has no ${name}.`);
  return found[1];
}

/** Returns the wire with another body. */
export function withBody(wire: Wire, body: string | Uint8Array): Wire {
  return { ...wire, body };
}

/** Returns the body as text; throws where there is none. */
export function bodyOf(wire: Wire): string {
  if (typeof wire.body !== "string") throw new Error("The request has no body of text.");
  return wire.body;
}

/** Returns the members of the body, which is an object. */
export function membersOf(wire: Wire): Record<string, unknown> {
  const body: unknown = JSON.parse(bodyOf(wire));
  return typeof body === "object" && body !== null ? Object.fromEntries(Object.entries(body)) : {};
}

/** Returns the wire with one member of its body set to another value. */
export function withMember(wire: Wire, name: string, value: unknown): Wire {
  return withBody(wire, JSON.stringify({ ...membersOf(wire), [name]: value }));
}
