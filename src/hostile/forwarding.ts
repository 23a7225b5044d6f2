import fc from "fast-check";
import { PHONE } from "../journeys/errands.ts";
import { type Category, onSocket } from "./category.ts";
import { scenes } from "./scenes.ts";
import { withMore } from "./wire.ts";

/*
 * Headers by which a proxy or a framework lets a request say something about itself. None of them is believed: nobody of them is
 * a proxy of ours.
 */

const onWire = { scenes: [scenes.start, scenes.read], rare: 6 };
const words = fc.stringMatching(/^[a-z]{3,12}$/);
const addresses = fc.ipV4();

/** A header that changes nothing: neither the answer, nor where the message goes, nor what the tenant is told of the sender. */
const ignored = (name: string, names: readonly string[], values: fc.Arbitrary<string>): Category => ({
  name,
  kind: "benign",
  scenes: [scenes.start],
  draw: fc.tuple(fc.constantFrom(...names), values).map(([header, value]) => ({
    shown: `${header}: ${value}`,
    of: (wire) => withMore(wire, header, value),
    came: ({ stack, calls }) =>
      stack.simulator.outbox.list().at(-1)?.to === PHONE &&
      calls.every(({ told }) => value === "" || !told.includes(value)),
  })),
});

/** Lists the categories of headers that proxies and frameworks obey. */
export const forwarding: readonly Category[] = [
  ignored(
    "X-Forwarded-For",
    ["x-forwarded-for"],
    fc.array(addresses, { minLength: 1, maxLength: 5 }).map((list) => list.join(", ")),
  ),
  ignored(
    "X-Forwarded-Host, -Proto and -Uri",
    ["x-forwarded-host", "x-forwarded-proto", "x-forwarded-uri", "x-forwarded-port"],
    words.map((name) => `${name}.example`),
  ),
  ignored(
    "underscores for hyphens",
    ["x_forwarded_for", "x_mfa_enroll", "sec_fetch_site", "x-forwarded_for"],
    addresses,
  ),
  ignored(
    "Forwarded",
    ["forwarded"],
    addresses.map((ip) => `for=${ip};host=evil.example;proto=http`),
  ),
  ignored(
    "X-Real-IP and its kin",
    ["x-real-ip", "x-client-ip", "true-client-ip", "cf-connecting-ip", "client-ip", "auth0-forwarded-for"],
    addresses,
  ),
  ignored(
    "another method",
    ["x-http-method-override", "x-http-method", "x-method-override"],
    fc.constantFrom("GET", "DELETE", "PUT"),
  ),
  ignored(
    "another address",
    ["x-original-url", "x-rewrite-url", "x-original-uri"],
    fc.constantFrom("/api/mfa/recovery-code", "/admin", "//evil.example"),
  ),
  onSocket("our header named as hop by hop", onWire, fc.constantFrom("x-mfa-enroll", "host"), (name, text) =>
    // A proxy that obeys takes the header away: what arrives here lacks it.
    text.replace(new RegExp(`^${name}: .*\r\n`, "im"), "").replace("connection: close", `connection: close, ${name}`),
  ),
  onSocket("an expectation", onWire, fc.constantFrom("200-ok", "evil", "100 continue"), (what, text) =>
    text.replace("\r\nhost:", `\r\nexpect: ${what}\r\nhost:`),
  ),
  heededOnSocket("another protocol", fc.constantFrom("h2c", "websocket", "TLS/1.0"), (protocol, text) =>
    text.replace(
      "connection: close",
      `connection: upgrade, http2-settings, close\r\nupgrade: ${protocol}\r\nhttp2-settings: AAMAAABkAAQAAP__`,
    ),
  ),
];

function heededOnSocket<T>(name: string, values: fc.Arbitrary<T>, text: (value: T, plain: string) => string): Category {
  return { ...onSocket(name, { scenes: [scenes.read], rare: 6 }, values, text), kind: "benign" };
}
