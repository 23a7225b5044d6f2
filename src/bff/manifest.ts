import { CALLBACK_PATH, type RouteName, routes } from "../contract/routes.ts";

/*
 * Every door of the BFF, and which guard does not stand before it. What is not here does not exist; whoever adds a door gets every
 * guard with it, and takes one away only by writing down why.
 */

/** Names a guard, in the order in which they stand. */
export type GuardName =
  /** For the public host, named once. */
  | "host"
  /** No header that decides is sent twice. */
  | "repeated"
  /** With the header that only our own script can set. */
  | "header"
  /** From our own page, by what the browser says of it. */
  | "site"
  /** From our own origin, by its exact name; where the browser says neither, it is refused. */
  | "origin"
  /** With a key for the intent. */
  | "key"
  /** As JSON. */
  | "mediaType"
  /** Not packed. */
  | "encoding"
  /** No longer than a body of ours can be. */
  | "size"
  /** Readable in one way only, and no deeper or wider than a body of ours. */
  | "form"
  /** From somebody who is signed in. */
  | "signedIn";

/** Names a door. */
export type DoorName = RouteName | "callback";

/** Describes a door: `without` names each guard that does not stand before it, with the reason. */
export type Door = {
  name: DoorName;
  method: "GET" | "POST";
  /** Below the base path. */
  path: string;
  without: Partial<Record<GuardName, string>>;
};

/** What a reading has no use for. Its body is still held to be empty, by `size`. */
const READING = {
  key: "A reading changes nothing, so asking twice is asking once.",
  mediaType: "It has no body.",
  form: "It has no body.",
} satisfies Door["without"];
const REPEATABLE = { key: "Doing it twice is doing it once." } satisfies Door["without"];

/** Which guards each door goes without. */
const WITHOUT: Partial<Record<DoorName, Door["without"]>> = {
  session: { ...READING, signedIn: "It tells the page that nobody is signed in." },
  signIn: {
    key: "Each sign-in is one of its own; the tenant counts them.",
    signedIn: "It is how somebody is signed in.",
  },
  signOut: { ...REPEATABLE, signedIn: "Signing out twice, or after the visit has ended, is no fault." },
  contact: READING,
  recoveryCode: { key: "The code is shown as often as it is asked for, until it is acknowledged." },
  callback: {
    ...READING,
    header: "A navigation from the tenant's page can set no header; its state proves whose it is.",
    site: "It comes from the tenant's site (RFC 6749 section 3.1.2).",
    origin: "A navigation names no origin.",
    signedIn: "It is how somebody is signed in.",
  },
};

const ROUTE_NAMES = Object.keys(routes).filter((name): name is RouteName => name in routes);

/** Every door. */
export const doors: readonly Door[] = [
  ...ROUTE_NAMES.map((name) => doorOf(name, routes[name].method, routes[name].path)),
  doorOf("callback", "GET", CALLBACK_PATH),
];

function doorOf(name: DoorName, method: Door["method"], path: string): Door {
  return { name, method, path, without: WITHOUT[name] ?? {} };
}
