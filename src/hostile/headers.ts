import fc from "fast-check";
import { PAGE } from "../journeys/stack.ts";
import { benign, type Category, hostile, once, onSocket } from "./category.ts";
import { forwarding } from "./forwarding.ts";
import { scenes, WRITES } from "./scenes.ts";
import { bodyOf, withBody, withHeader, withMore, withoutHeader } from "./wire.ts";

/*
 * What a request says of where it comes from and of what it carries. Nothing that a client can write decides who it is, and
 * what only our own page can say must be said.
 */

const all = { scenes: [scenes.read, ...WRITES] };
const writes = { scenes: WRITES };
const onWire = { scenes: [scenes.start, scenes.read], rare: 6 };

const header = (
  name: string,
  of: string,
  values: fc.Arbitrary<string>,
  options: { scenes: Category["scenes"] } = all,
): Category => hostile(name, options, values, (value, wire) => withHeader(wire, of, value));
const words = fc.stringMatching(/^[a-z]{3,12}$/);
const addresses = fc.ipV4();

const HOST = [
  header(
    "a foreign host",
    "host",
    words.map((name) => `${name}.example`),
  ),
  header("an address for a host", "host", fc.oneof(addresses, fc.constantFrom("127.0.0.1", "[::1]", "0.0.0.0"))),
  header(
    "another port",
    "host",
    fc
      .integer({ min: 1, max: 65_535 })
      .filter((port) => port !== 443)
      .map((port) => `account.test:${port}`),
  ),
  header("a host with a dot at its end", "host", fc.constantFrom("account.test.", "account.test.:443")),
  header("a host in capitals", "host", fc.constantFrom("ACCOUNT.TEST", "Account.Test", "account.TEST")),
  onSocket("two hosts", onWire, fc.constantFrom("account.test", "evil.example"), (host, text) =>
    text.replace("host: account.test\r\n", `host: account.test\r\nhost: ${host}\r\n`),
  ),
  onSocket(
    "an absolute address for a path",
    onWire,
    fc.constantFrom("http://evil.example", "https://evil.example:443", "//evil.example"),
    (origin, text) => text.replace(/^(\w+) /, `$1 ${origin}`),
  ),
  header("an empty host", "host", fc.constant("")),
];

const ORIGIN = [
  header("the origin null", "origin", fc.constant("null")),
  header(
    "an origin that goes on",
    "origin",
    words.map((name) => `${PAGE}.${name}.example`),
  ),
  header(
    "an origin that begins earlier",
    "origin",
    words.map((name) => `https://${name}account.test`),
  ),
  header(
    "a sibling's origin",
    "origin",
    words.map((name) => `https://${name}.account.test`),
  ),
  header(
    "another scheme",
    "origin",
    fc.constantFrom("http", "ws", "wss", "ftp", "file").map((scheme) => `${scheme}://account.test`),
  ),
  header(
    "an origin with a port",
    "origin",
    fc.integer({ min: 1, max: 65_535 }).map((port) => `${PAGE}:${port}`),
  ),
  header(
    "an origin in capitals",
    "origin",
    fc.constantFrom("HTTPS://ACCOUNT.TEST", "https://Account.test", "Https://account.test"),
  ),
  header(
    "an origin in another script",
    "origin",
    fc.constantFrom("https://xn--ccount-2lf.test", "https://account.xn--tst-6la"),
  ),
  header(
    "several origins",
    "origin",
    fc.constantFrom(`${PAGE} https://evil.example`, `https://evil.example, ${PAGE}`, `${PAGE}, ${PAGE}`),
  ),
  hostile("neither origin nor fetch metadata", all, once, (_, wire) =>
    withoutHeader(withoutHeader(wire, "origin"), "sec-fetch-site"),
  ),
];

const FETCH_METADATA = [
  header("cross-site", "sec-fetch-site", fc.constant("cross-site")),
  header("same-site", "sec-fetch-site", fc.constant("same-site")),
  header("from the address bar", "sec-fetch-site", fc.constant("none")),
  header("a site of no meaning", "sec-fetch-site", words),
  hostile("two sites", all, fc.constantFrom("cross-site", "none", "same-origin"), (site, wire) =>
    withMore(wire, "sec-fetch-site", site),
  ),
  header(
    "a site in other letters",
    "sec-fetch-site",
    fc.constantFrom("Same-Origin", "SAME-ORIGIN", "same-origin;", '"same-origin"', "same_origin"),
  ),
  benign(
    "an exact origin without metadata",
    { scenes: [scenes.start] },
    fc.subarray(["sec-fetch-mode", "sec-fetch-dest"]),
    (more, wire) => ["sec-fetch-site", ...more].reduce(withoutHeader, wire),
  ),
  hostile(
    "a navigation or a frame that calls itself ours",
    all,
    fc.constantFrom(
      ["sec-fetch-mode", "navigate"],
      ["sec-fetch-mode", "no-cors"],
      ["sec-fetch-dest", "document"],
      ["sec-fetch-dest", "iframe"],
      ["sec-fetch-dest", "image"],
    ),
    ([name = "", value = ""], wire) => withHeader(wire, name, value),
  ),
];

const CONTENT = [
  header(
    "plain text",
    "content-type",
    fc.constantFrom("text/plain", "text/plain;application/json", "text/json"),
    writes,
  ),
  header("a form", "content-type", fc.constant("application/x-www-form-urlencoded"), writes),
  header(
    "a form of parts",
    "content-type",
    fc.constantFrom("multipart/form-data; boundary=x", "multipart/mixed; boundary=application/json"),
    writes,
  ),
  header(
    "another charset",
    "content-type",
    fc
      .constantFrom("utf-7", "utf-16", "utf-16le", "iso-8859-1", "us-ascii")
      .map((set) => `application/json; charset=${set}`),
    writes,
  ),
  hostile("two types", writes, fc.constantFrom("text/plain", "application/json"), (type, wire) =>
    withMore(wire, "content-type", type),
  ),
  hostile("no type", writes, once, (_, wire) =>
    withBody(withoutHeader(wire, "content-type"), new TextEncoder().encode(bodyOf(wire))),
  ),
  hostile(
    "a small body that unfolds to a large one",
    writes,
    fc.constantFrom("gzip", "deflate", "br", "gzip, gzip"),
    (coding, wire) =>
      withHeader(withBody(wire, Uint8Array.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3])), "content-encoding", coding),
  ),
  header(
    "an unknown coding",
    "content-encoding",
    fc.constantFrom("compress", "zstd", "x-evil", "identity, gzip", "*"),
    writes,
  ),
];

/** Lists the categories of headers. */
export const headers: readonly Category[] = [...HOST, ...ORIGIN, ...FETCH_METADATA, ...CONTENT, ...forwarding];
