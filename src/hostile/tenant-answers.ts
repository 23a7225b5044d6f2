import { gzipSync } from "node:zlib";
import {
  anyMember,
  answers,
  http,
  json,
  membersOf,
  PLANTED,
  slowly,
  strings,
  type TenantCategory,
  withMember,
} from "./answer-steps.ts";
import type { Step } from "./tenant-line.ts";

/*
 * What a tenant, or whatever stands in its place, may answer. Each is made of the honest answer to the very request, so that it
 * goes as far in as an answer can.
 */

const RESET = { then: "reset" } as const;
const END = { then: "end" } as const;

const STATUS = [
  slowly(answers("100 and nothing more", () => ["HTTP/1.1 100 Continue\r\n\r\n"])),
  answers("204 with a body", (honest) => http(204, honest)),
  answers("206", (honest) => http(206, honest, ["content-range: bytes 0-1/2"])),
  answers(
    "a redirect",
    ...[301, 302, 303, 307, 308].map((status) => () => http(status, "", [`location: http://127.0.0.1:1/${PLANTED}`])),
  ),
  {
    ...slowly(answers("401", () => http(401, JSON.stringify({ error: "invalid_token", error_description: PLANTED })))),
    ends: true,
  },
  answers("418", () => http(418, PLANTED)),
  answers("451", () => http(451, JSON.stringify({ error: PLANTED }))),
  answers("500 with a page", () => http(500, `<html>${PLANTED}</html>`, ["content-type: text/html"])),
  answers("599", () => http(599, JSON.stringify({ error: PLANTED, error_description: PLANTED }))),
  answers(
    "no status",
    (honest) => [`${PLANTED} ${honest}\r\n\r\n`, END],
    () => ["\r\n\r\n", END],
  ),
];

const BODY = [
  answers(
    "no JSON",
    () => http(200, PLANTED),
    (honest) => http(200, honest.slice(0, -1)),
    () => http(200, ""),
  ),
  answers("a bare value", ...["1", "null", "true", JSON.stringify(PLANTED)].map((body) => () => http(200, body))),
  anyMember("a member that is missing", (members, key) =>
    Object.fromEntries(Object.entries(members).filter(([name]) => name !== key)),
  ),
  anyMember("a member that is null", (members, key) => ({ ...members, [key]: null })),
  anyMember("a member of another type", (members, key) => ({
    ...members,
    [key]: typeof members[key] === "string" ? { text: PLANTED } : PLANTED,
  })),
  slowly(answers("ten megabytes", () => http(200, JSON.stringify({ text: "A".repeat(10_000_000) })))),
  slowly(
    answers("a small body that unfolds to a large one", () =>
      http(200, gzipSync("A".repeat(5_000_000)), ["content-encoding: gzip"]),
    ),
  ),
  answers(
    "recovery codes in another form",
    ...withMember(
      "recovery_codes",
      PLANTED,
      { a: PLANTED },
      [],
      Array.from({ length: 1_000 }, () => PLANTED),
      [null],
    ),
  ),
  answers(
    "a script in every text",
    strings((text) => `${text}<script>${PLANTED}</script>`),
    strings(() => PLANTED),
  ),
  answers("an unknown binding method", ...withMember("binding_method", PLANTED, "transfer", null)),
  answers(
    "an unknown kind of factor",
    ...withMember("authenticator_type", PLANTED, "webauthn"),
    ...withMember("oob_channel", PLANTED, "fax"),
  ),
  answers("one id for all", ...withMember("id", "sms|dev_AAAAAAAAAAAAAAAA", "")),
  slowly(
    answers(
      "ten thousand factors",
      json((value) =>
        Array.from({ length: 10_000 }, (_, at) => ({
          ...membersOf(Array.isArray(value) ? value[0] : value),
          id: `sms|dev_${at}`,
        })),
      ),
    ),
  ),
  answers(
    "half of a character",
    strings((text) => `${text}\ud800`),
    (honest) => http(200, honest.replace('":"', '":"\\ud800')),
  ),
];

const HEADERS = [
  answers("a cookie", (honest) => http(200, honest, [`set-cookie: __Host-mfa=${PLANTED}; Path=/; Secure`])),
  answers("a place to go", (honest) =>
    http(200, honest, [`location: https://${PLANTED}.example`, `refresh: 0;url=https://${PLANTED}.example`]),
  ),
  slowly(answers("a header of a megabyte", (honest) => http(200, honest, [`x-long: ${"A".repeat(1_000_000)}`]))),
  answers(
    "line breaks in a header",
    (honest) => http(200, honest, [`x-one: 1\n\rx-two: ${PLANTED}`]),
    (honest) => http(200, honest, [`x-one: 1\r\n\r\n${PLANTED}`]),
  ),
  slowly(
    answers(
      "a length that is not true",
      (honest) => [...http(200, honest, [`content-length: ${Buffer.byteLength(honest) + 9}`]), END],
      (honest) => http(200, honest, ["content-length: 5"]),
      (honest) => http(200, honest, ["content-length: 5", "content-length: 6"]),
    ),
  ),
  answers(
    "another type",
    (honest) => http(200, honest, ["content-type: text/html"]),
    () => http(200, PLANTED, ["content-type: image/png"]),
  ),
  answers(
    "a wait of no meaning",
    ...["-1", "1e99", PLANTED, "Thu, 99 Foo 9999", ""].map(
      (text) => () =>
        http(429, JSON.stringify({ error: "too_many_requests" }), [
          `retry-after: ${text}`,
          `x-ratelimit-reset: ${text}`,
        ]),
    ),
  ),
  answers(
    "a coding that is not true",
    ...["gzip", "br", PLANTED].map((coding) => (honest: string) => http(200, honest, [`content-encoding: ${coding}`])),
  ),
];

const TIMING = [
  slowly(answers("no answer", () => [])),
  slowly(
    answers("an answer that drips", (honest) =>
      http(200, honest).flatMap((part): Step[] =>
        typeof part === "string" ? Array.from(part).flatMap((sign) => [sign, 5]) : [part],
      ),
    ),
  ),
  answers("a break at the start", () => [RESET]),
  answers("a break in the middle", (honest) => [
    ...http(200, honest.slice(0, honest.length / 2), [`content-length: ${Buffer.byteLength(honest)}`]),
    2,
    RESET,
  ]),
  answers("a break at the end", (honest) => [...http(200, honest), 2, RESET]),
  answers("more than was asked for", (honest) => [
    ...http(200, honest),
    ...http(200, JSON.stringify({ error: PLANTED })),
  ]),
  answers("an answer after the goodbye", (honest) => [
    ...http(200, honest, ["connection: close"]),
    ...http(200, PLANTED),
    END,
  ]),
  answers(
    "the answer to another request",
    () => http(200, JSON.stringify({ access_token: PLANTED, expires_in: 600, token_type: "Bearer" })),
    () => http(200, "[]"),
  ),
];

/** Lists the categories of tenant answers. */
export const tenantAnswers: readonly TenantCategory[] = [...STATUS, ...BODY, ...HEADERS, ...TIMING];
