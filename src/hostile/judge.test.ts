import { describe, expect, test } from "vitest";
import { changesOf, complaintsOf, complaintsOfCalls, complaintsOfLine } from "./judge.ts";
import type { Wire } from "./wire.ts";
import type { Heard, Seen } from "./world.ts";

const sent: Wire = {
  method: "POST",
  path: "/api/mfa/enrollment",
  headers: [["cookie", "x=secret-of-somebody"]],
  body: '{"contact":"=HYPERLINK(evil)"}',
};
const line = JSON.stringify({
  level: "info",
  time: "2026-01-15T09:00:00.000Z",
  correlationId: "AAAAAAAAAAAAAAAA",
  route: "start",
  status: 400,
  code: "invalid_request",
  durationMs: 0,
  guard: "form",
  msg: "request",
});
const document = {
  type: "urn:mfa-enroll:problem:invalid_request",
  title: "The request does not have the agreed form.",
  status: 400,
  code: "invalid_request",
  correlationId: "AAAAAAAAAAAAAAAA",
};
const heard = (change: Partial<Heard> = {}): Heard => ({
  status: 400,
  headers: [],
  text: JSON.stringify(document),
  lines: [line],
  ...change,
});

describe("the judge", () => {
  test("has nothing against a refusal of the catalogue with its one line in the log", () => {
    expect(complaintsOf(sent, heard())).toEqual([]);
  });

  test.each<[string, Partial<Heard>]>([
    ["a success", { status: 200 }],
    ["a fault", { status: 500 }],
    ["another status than the document's", { status: 403 }],
    ["a document of another form", { text: "Bad Request" }],
    ["an echo in the body", { text: JSON.stringify({ ...document, correlationId: "HYPERLINK(evil)" }) }],
    ["an echo of a header", { headers: [["x-seen", "secret-of-somebody"]] }],
    ["a title that changes", { text: JSON.stringify({ ...document, title: "No." }) }],
    ["a cookie", { headers: [["set-cookie", "__Host-mfa=new; Path=/"]] }],
    ["no line in the log", { lines: [] }],
    ["two requests in the log", { lines: [line, line] }],
    ["a line that is forged", { lines: [line, `${line.slice(0, -1)},"admin":true}`] }],
    ["a line with something of the request", { lines: [line.replace('"start"', '"secret-of-somebody"')] }],
  ])("complains of %s", (_, change) => {
    complaintsOf(sent, heard());
    expect(complaintsOf(sent, heard(change))).not.toEqual([]);
  });

  const seen: Seen = { status: 200, view: '{"flow":"idle","signedOutAt":1}', ledger: 3, codesRefused: 0 };
  test("complains of whatever changed, but not of a visit that ends later", () => {
    expect(changesOf(seen, { ...seen, view: '{"flow":"idle","signedOutAt":2}' }, false)).toEqual([]);
    expect(changesOf(seen, { ...seen, view: '{"flow":"code","signedOutAt":1}' }, false)).toHaveLength(1);
    expect(changesOf(seen, { ...seen, ledger: 4 }, false)).toHaveLength(1);
    expect(changesOf(seen, { ...seen, codesRefused: 1 }, false)).toHaveLength(1);
  });

  test("lets a wrong code cost one try where it must, and not two, and nothing else", () => {
    expect(changesOf(seen, { ...seen, codesRefused: 1, view: "other" }, true)).toEqual([]);
    expect(changesOf(seen, { ...seen, codesRefused: 2 }, true)).toHaveLength(1);
    expect(changesOf(seen, { ...seen, ledger: 4 }, true)).toHaveLength(1);
  });

  test("complains of a path of the tenant's that no operation has, and of a line that breaks", () => {
    expect(complaintsOfCalls([{ path: "POST /mfa/associate" }])).toEqual([]);
    expect(complaintsOfCalls([{ path: "POST /mfa/../api/v2/users" }, { path: "GET /mfa/associate" }])).toHaveLength(2);
    expect(complaintsOfLine(line)).toEqual([]);
    expect(complaintsOfLine(`${line}\n${line}`)).toHaveLength(1);
  });
});
