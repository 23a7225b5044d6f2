import fc from "fast-check";
import { type Category, hostile, once, onSocket } from "./category.ts";
import type { Kept } from "./lives.ts";
import { type Scene, scenes, WRITES } from "./scenes.ts";
import { keptIn } from "./world.ts";
import { headerOf, withHeader, withoutHeader } from "./wire.ts";

/*
 * The session cookie. It is the one header that says who somebody is, so it is read in one way, and what is not exactly it is
 * nobody.
 */

/** The places where somebody has to be signed in. */
const GUARDED: readonly Scene[] = [...WRITES, scenes.contact].filter(
  ({ route }) => route !== "signIn" && route !== "signOut",
);
const guarded = { scenes: GUARDED };
const beside = { scenes: [scenes.confirmAmongOthers], rare: 6 };
const onWire = { scenes: [scenes.start], rare: 6 };

const cookie = (name: string, values: fc.Arbitrary<(own: string) => string>): Category =>
  hostile(name, guarded, values, (change, wire) => withHeader(wire, "cookie", change(headerOf(wire, "cookie"))));
const always = (change: (own: string) => string) => fc.constant(change);
const ways = (...changes: readonly ((own: string) => string)[]) => fc.constantFrom(...changes);
const idOf = (own: string) => own.slice(own.indexOf("=") + 1);
const NAME = "__Host-mfa";
const SIGNS = Array.from("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_");
const junk = fc.array(fc.constantFrom(...SIGNS), { minLength: 43, maxLength: 43 }).map((all) => all.join(""));

const MALFORMED = [
  hostile("no cookie", guarded, once, (_, wire) => withoutHeader(wire, "cookie")),
  cookie(
    "an empty cookie",
    ways(
      () => "",
      () => `${NAME}=`,
      () => NAME,
    ),
  ),
  cookie(
    "a cookie without =",
    always((own) => own.replace("=", "")),
  ),
  cookie(
    "a cookie without a name",
    ways(
      (own) => idOf(own),
      (own) => `=${idOf(own)}`,
    ),
  ),
  cookie(
    "quotes around the value",
    always((own) => `${NAME}="${idOf(own)}"`),
  ),
  cookie(
    "$Version and its kin",
    ways(
      (own) => `$Version=1,${own}`,
      (own) => `$Version=1;${own}`,
      (own) => `${own};$Path=/`,
    ),
  ),
  onSocket(
    "control characters in a cookie",
    onWire,
    fc.constantFrom("\u0000", "\u0001", "\u007f", "\r"),
    (control, text) => text.replace(/^(cookie: .{20})/m, `$1${control}`),
  ),
  cookie(
    "a cookie of many kilobytes",
    fc.integer({ min: 44, max: 7_000 }).map((length) => () => `${NAME}=${"A".repeat(length)}`),
  ),
];

const DUPLICATES = [
  cookie(
    "the cookie twice",
    always((own) => `${own}; ${own}`),
  ),
  cookie(
    "another of the name before it",
    junk.map((other) => (own: string) => `${NAME}=${other}; ${own}`),
  ),
  cookie(
    "another of the name behind it",
    junk.map((other) => (own: string) => `${own}; ${NAME}=${other}`),
  ),
  cookie(
    "the cookie and an empty one",
    ways(
      (own) => `${NAME}=; ${own}`,
      (own) => `${own}; ${NAME}=`,
    ),
  ),
  stranger("two people's cookies", "of another person", (own, other) => `${own}; ${other}`),
  cookie(
    "the name in other letters",
    ways(
      (own) => own.replace(NAME, "__HOST-mfa"),
      (own) => own.replace(NAME, "__Host-MFA"),
    ),
  ),
];

const PREFIX = [
  cookie(
    "a prefix in small letters",
    always((own) => own.replace("__Host-", "__host-")),
  ),
  cookie(
    "a wide space before the name",
    ways(
      (own) => `\u00e2\u0080\u0080${own}`,
      (own) => `\u00e3\u0080\u0080${own}`,
    ),
  ),
  cookie(
    "a no-break space before the name",
    ways(
      (own) => `\u00a0${own}`,
      (own) => `\u00c2\u00a0${own}`,
    ),
  ),
  cookie(
    "a next-line sign before the name",
    ways(
      (own) => `\u0085${own}`,
      (own) => `\u00c2\u0085${own}`,
    ),
  ),
  cookie(
    "a name that stands in the value",
    ways(
      (own) => `=${own}`,
      (own) => `x=${own}`,
      (own) => `x="; ${own}"`,
    ),
  ),
  cookie(
    "the name without its prefix",
    ways(
      (own) => `mfa=${idOf(own)}`,
      (own) => `Host-mfa=${idOf(own)}`,
      (own) => `__Secure-mfa=${idOf(own)}`,
    ),
  ),
];

const INTEGRITY = [
  cookie(
    "one letter changed",
    fc.tuple(fc.nat({ max: 42 }), fc.integer({ min: 1, max: SIGNS.length - 1 })).map(
      ([at, by]) =>
        (own: string) =>
          flipped(own, { at, by }),
    ),
  ),
  cookie(
    "a cookie cut short",
    fc.integer({ min: 1, max: 43 }).map((length) => (own: string) => own.slice(0, -length)),
  ),
  cookie(
    "a cookie that goes on",
    fc.constantFrom("A", "=", "==", ".", "%00", "AAAA").map((more) => (own: string) => own + more),
  ),
  stranger("a cookie of another key", "of another key"),
  stranger("a cookie of a retired key", "of a retired key"),
  stranger("a cookie whose record is another's", "with another's record"),
];

const LIVES = [
  stranger("a cookie from before the sign-in", "before the sign-in"),
  stranger("a cookie from before the sign-out", "after the sign-out"),
  stranger("a cookie from before a newer sign-in", "after a newer sign-in"),
  stranger("a cookie past its longest life", "after its longest life"),
  stranger("a cookie of a person who is gone", "of a person who is gone"),
  stranger("a cookie of another person", "of another person"),
];

const JAR = [
  // A jar that others have filled: what is there is read, what was pushed out is missed.
  hostile("two hundred cookies in the place of ours", guarded, fc.integer({ min: 150, max: 200 }), (count, wire) =>
    withHeader(wire, "cookie", Array.from({ length: count }, (_, at) => `c${at}=${at}`).join("; ")),
  ),
  onSocket("a header that is too long", onWire, fc.integer({ min: 9_000, max: 40_000 }), (length, text) =>
    text.replace("cookie: ", `cookie: junk=${"j".repeat(length)}; `),
  ),
];

/** Lists the categories of cookies. */
export const cookies: readonly Category[] = [...MALFORMED, ...DUPLICATES, ...PREFIX, ...INTEGRITY, ...LIVES, ...JAR];

function stranger(
  name: string,
  life: Kept,
  change: (own: string, other: string) => string = (_, other) => other,
): Category {
  return hostile(name, beside, once, (_, wire, world) =>
    withHeader(wire, "cookie", change(headerOf(wire, "cookie"), keptIn(world, life))),
  );
}

/** The last letter of 43 carries two bits that mean nothing, yet the cookie is compared as it is written. */
function flipped(own: string, { at, by }: { at: number; by: number }): string {
  const place = own.indexOf("=") + 1 + at;
  const sign = SIGNS[(SIGNS.indexOf(own.charAt(place)) + by) % SIGNS.length] ?? "A";
  return own.slice(0, place) + sign + own.slice(place + 1);
}
