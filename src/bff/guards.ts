import { CLIENT_HEADER, IDEMPOTENCY_HEADER } from "../contract/routes.ts";
import type { Asked } from "./exchange.ts";
import { readForm } from "./json-form.ts";
import type { Door, GuardName } from "./manifest.ts";
import { type Refusal, Refused } from "./refused.ts";

/*
 * Stands before every door: what does not come from our own page, in our own form, goes no further. The default refuses; a door
 * goes without a guard only where the manifest says why.
 */

/** Four KiB: the longest body there is, a draft with the longest address, is under one. */
const MAX_BODY_BYTES = 4 * 1024;

/** What decides about a request, and so must not be said twice. */
const SAID_ONCE = [
  "host",
  "origin",
  "sec-fetch-site",
  "sec-fetch-mode",
  "sec-fetch-dest",
  "content-type",
  "content-length",
  "content-encoding",
  CLIENT_HEADER.toLowerCase(),
  IDEMPOTENCY_HEADER.toLowerCase(),
];

/** What guards look at. `text` is the body, null while it was not read or where it was too long. */
export type Looked = {
  asked: Asked;
  door: Door;
  /** The page's own address. */
  page: { host: string; origin: string };
  bytes: Uint8Array | null;
  /** What the body says, once `form` has read it. */
  body: unknown;
  isSignedIn: boolean;
};

/** Describes a guard: when it looks, and what it throws {@link Refused} for. */
type Guard = { name: GuardName; at: "head" | "body" | "visit"; look(looked: Looked): void };

const only = (asked: Asked, name: string): string | null => asked.values(name)[0] ?? null;

const GUARDS: readonly Guard[] = [
  {
    name: "host",
    at: "head",
    look({ asked, page }) {
      if (only(asked, "host") !== page.host) refuse("misdirected", "host");
    },
  },
  {
    name: "repeated",
    at: "head",
    look({ asked }) {
      if (SAID_ONCE.some((name) => asked.values(name).length > 1)) refuse("request_refused", "repeated");
    },
  },
  {
    name: "header",
    at: "head",
    look({ asked }) {
      if (only(asked, CLIENT_HEADER.toLowerCase()) !== "1") refuse("request_refused", "header");
    },
  },
  {
    name: "site",
    at: "head",
    look({ asked }) {
      const site = only(asked, "sec-fetch-site");
      if (site !== null && site !== "same-origin") refuse("request_refused", "site");
      // What our script asks for is no document, frame or image (W3C Fetch Metadata section 2).
      const mode = only(asked, "sec-fetch-mode");
      if (mode !== null && mode !== "cors" && mode !== "same-origin") refuse("request_refused", "site");
      const dest = only(asked, "sec-fetch-dest");
      if (dest !== null && dest !== "empty") refuse("request_refused", "site");
    },
  },
  {
    name: "origin",
    at: "head",
    look({ asked, page }) {
      const origin = only(asked, "origin");
      if (origin !== null && origin !== page.origin) refuse("request_refused", "origin");
      // An exact Origin stands in for the metadata where there is none; neither is neither.
      if (origin === null && only(asked, "sec-fetch-site") === null) refuse("request_refused", "origin");
    },
  },
  {
    name: "key",
    at: "head",
    look({ asked }) {
      if (!/^[\w-]{16,64}$/.test(keyOf(asked))) refuse("idempotency_key_missing", "key");
    },
  },
  {
    name: "mediaType",
    at: "head",
    look({ asked }) {
      const type = (only(asked, "content-type") ?? "").toLowerCase().replaceAll(" ", "");
      if (type !== "application/json" && type !== "application/json;charset=utf-8")
        refuse("unsupported_media_type", "mediaType");
    },
  },
  {
    name: "encoding",
    at: "head",
    look({ asked }) {
      if (only(asked, "content-encoding") !== null) refuse("unsupported_media_type", "encoding");
    },
  },
  {
    name: "size",
    at: "body",
    look({ asked, bytes, door }) {
      const told = Number(only(asked, "content-length") ?? 0);
      if (bytes === null || !(told <= limitOf(door))) refuse("payload_too_large", "size");
    },
  },
  {
    name: "form",
    at: "body",
    look(looked) {
      const read = looked.bytes === null ? null : readForm(looked.bytes);
      if (read === null) return refuse("invalid_request", "form");
      looked.body = read.body;
    },
  },
  {
    name: "signedIn",
    at: "visit",
    look({ isSignedIn }) {
      if (!isSignedIn) refuse("signed_out", "signedIn");
    },
  },
];

/** Returns the key of a request's intent; empty where it sent none. */
export function keyOf(asked: Asked): string {
  return only(asked, IDEMPOTENCY_HEADER.toLowerCase()) ?? "";
}

/** Returns how long a body may be at a door, in bytes: a reading has none. */
export function limitOf(door: Door): number {
  return door.method === "GET" ? 0 : MAX_BODY_BYTES;
}

/** Returns what looks at a door's requests: at their head, at their body, and at whose they are. Each throws {@link Refused}. */
export function guardsOf(door: Door): Record<Guard["at"], (looked: Looked) => void> {
  const standing = GUARDS.filter(({ name }) => !Object.hasOwn(door.without, name));
  const at = (when: Guard["at"]) => {
    const here = standing.filter((guard) => guard.at === when);
    return (looked: Looked) => {
      for (const guard of here) guard.look(looked);
    };
  };
  return { head: at("head"), body: at("body"), visit: at("visit") };
}

type GuardRefusal =
  | "misdirected"
  | "request_refused"
  | "idempotency_key_missing"
  | "unsupported_media_type"
  | "payload_too_large"
  | "invalid_request"
  | "signed_out";

function refuse(code: Extract<Refusal["code"], GuardRefusal>, guard: GuardName): never {
  throw new Refused({ code }, guard);
}
