import fc from "fast-check";
import { type Category, hostile, onSocket } from "./category.ts";
import { type Scene, scenes, WRITES } from "./scenes.ts";
import { keptIn } from "./world.ts";
import { type Wire, withMember, withoutHeader } from "./wire.ts";

/*
 * Methods, paths, and the handles by which a request names what it means. There are as many doors as the contract lists, each
 * with one way to be named; a handle is a name within the person's own account and nothing to the tenant.
 */

const writes = { scenes: WRITES };
const all = { scenes: [scenes.read, ...WRITES] };
const onWire = { scenes: [scenes.start, scenes.read], rare: 6 };
const named: { scenes: readonly Scene[] } = {
  scenes: [scenes.confirm, scenes.resend, scenes.cancel, scenes.remove, scenes.challenge, scenes.verify],
};

const words = fc
  .stringMatching(/^[A-Z]{3,9}$/)
  .filter((word) => !/^(GET|POST|HEAD|PUT|PATCH|TRACE|CONNECT|TRACK)$/.test(word));

const method = (
  name: string,
  options: Parameters<typeof hostile>[1],
  values: fc.Arbitrary<string>,
  bare = false,
): Category => hostile(name, options, values, (verb, wire) => ({ ...(bare ? bodiless(wire) : wire), method: verb }));
const bodiless = (wire: Wire): Wire => withoutHeader({ ...wire, body: null }, "content-type");

const METHODS = [
  method("GET on what writes", writes, fc.constant("GET"), true),
  method("HEAD on what writes", writes, fc.constant("HEAD"), true),
  method("PUT", all, fc.constant("PUT")),
  method("PATCH", all, fc.constant("PATCH")),
  onSocket("TRACE", onWire, fc.constantFrom("TRACE", "TRACK"), (verb, text) => text.replace(/^\w+/, verb)),
  onSocket(
    "CONNECT",
    onWire,
    fc.constantFrom("CONNECT /", "CONNECT evil.example:443", "CONNECT account.test"),
    (line, text) => text.replace(/^\w+ \S+/, line),
  ),
  onSocket(
    "a method in small letters",
    onWire,
    fc.constantFrom(
      (verb: string) => verb.toLowerCase(),
      (verb: string) => verb[0] + verb.slice(1).toLowerCase(),
    ),
    (spell, text) => text.replace(/^\w+/, spell),
  ),
  method("a method of no meaning", all, words),
];

const onPath = (name: string, values: fc.Arbitrary<(path: string) => string>): Category =>
  onSocket(name, onWire, values, (change, text) => text.replace(/(?<=^\w+ )\S+/, change));
const path = (name: string, values: fc.Arbitrary<(path: string) => string>): Category =>
  hostile(name, all, values, (change, wire) => ({ ...wire, path: change(wire.path) }));
const ways = (...changes: readonly ((path: string) => string)[]) => fc.constantFrom(...changes);
/** The last slash of a path, written otherwise. */
const slash = (other: string) => (known: string) => known.replace(/\/(?=[^/]*$)/, other);

const PATHS = [
  onPath(
    "dot segments",
    ways(
      (known) => known.replace("/mfa", "/mfa/../mfa"),
      (known) => known.replace("/mfa", "/mfa/."),
      (known) => `/x/..${known}`,
      (known) => known.replace("/mfa", "/mfa/%2e%2e/mfa"),
    ),
  ),
  path("an encoded slash", ways(slash("%2f"), slash("%2F"))),
  path("a slash encoded twice", ways(slash("%252f"), slash("%25252F"))),
  onPath(
    "a backslash",
    ways(slash("\\"), slash("/\\"), slash("%5c"), (known) => known.replace("/mfa", "\\mfa")),
  ),
  path(
    "something at the end",
    ways(
      (known) => `${known}.`,
      (known) => `${known}%20`,
      (known) => `${known}/`,
      (known) => `${known}.json`,
      (known) => `${known}%0a`,
    ),
  ),
  path(
    "matrix parameters",
    ways(
      (known) => `${known};a=1`,
      (known) => `${known};`,
      slash(";x=1/"),
    ),
  ),
  path(
    "a NUL",
    ways(
      (known) => `${known}%00`,
      (known) => `${known}%00.css`,
      slash("/%00"),
    ),
  ),
  onPath(
    "a fragment",
    ways(
      (known) => `${known}#x`,
      (known) => `/favicon.svg#${known}`,
      (known) => known.replace("/mfa", "/mfa#"),
    ),
  ),
];

/** Puts another handle where the request names something. */
const handle = (name: string, values: fc.Arbitrary<unknown>, options = named): Category =>
  hostile(name, options, values, (value, wire) => {
    const member =
      ["enrollmentId", "authenticatorId", "challengeId"].find((known) => String(wire.body).includes(known)) ?? "";
    return withMember(wire, member, value);
  });
const base64url = fc.stringMatching(/^[\w-]{22}$/);

const HANDLES = [
  // To give up or to remove what is not there is done already, and is answered by what is true: `probes.test.ts` holds that.
  handle("another's handle", base64url, {
    scenes: [scenes.confirm, scenes.resend, scenes.challenge, scenes.verify],
  }),
  handle(
    "the tenant's own id",
    fc
      .stringMatching(/^[A-Za-z0-9]{16}$/)
      .chain((id) => fc.constantFrom(`sms|dev_${id}`, `email|dev_${id}`, `auth0|${id}`, `recovery-code|dev_${id}`)),
  ),
  handle(
    "a way up",
    fc.constantFrom("..%2f", "../", "..%2fauthenticators", "../../oauth/token", "..\\..\\", "%2e%2e%2f"),
  ),
  handle("an empty handle", fc.constantFrom("", " ")),
  handle(
    "a handle of ten kilobytes",
    fc.constantFrom("a", "-").map((sign) => sign.repeat(10_240)),
  ),
  handle("a handle of other letters", fc.constantFrom("ａｂｃｄｅｆ", "абвгд", "日本語", "e\u0301", "🙂🙂")),
  handle(
    "a number beyond all numbers",
    fc.constantFrom(2 ** 53, 1e308, -1, 0, "9007199254740993x!", 18446744073709551615n.toString() + ".0"),
  ),
  hostile("a handle of what is gone", { scenes: [scenes.confirmAgain], rare: 2 }, fc.constant(null), (_, wire, world) =>
    withMember(wire, "enrollmentId", keptIn(world, "a handle of what is gone")),
  ),
];

/** Lists the categories of methods, paths and handles. */
export const paths: readonly Category[] = [...METHODS, ...PATHS, ...HANDLES];
