import { expect, test } from "vitest";

import { readOptions } from "./options.ts";

const CREDENTIALS = { AUTH0_CLIENT_ID: "id", AUTH0_CLIENT_SECRET: "secret" };

test("without a word the suite is played in this process", () => {
  expect(readOptions([], {})).toEqual({ help: false, list: false, only: null, tenant: { kind: "inProcess" } });
});

test("a tenant of one's own takes its credentials from the environment and may not be harmed unasked", () => {
  expect(readOptions(["--tenant", "https://tenant.example"], CREDENTIALS).tenant).toEqual({
    kind: "remote",
    issuer: "https://tenant.example/",
    mfaAudience: null,
    client: { client_id: "id", client_secret: "secret" },
    realm: null,
    person: null,
    leaveTraces: false,
    phone: null,
  });
  const person = { TEST_USERNAME: "casey@example.com", TEST_PASSWORD: "word", TEST_PHONE: "+12025550187" };
  const told = { ...CREDENTIALS, ...person, AUTH0_REALM: "people" };
  expect(readOptions(["--tenant", "https://tenant.example/"], told).tenant).toMatchObject({
    person: { username: "casey@example.com", password: "word" },
    realm: "people",
    phone: null,
  });
  expect(readOptions(["--tenant", "https://tenant.example/", "--send-texts"], told).tenant).toMatchObject({
    leaveTraces: true,
    phone: "+12025550187",
  });
});

test("the control doors name the tenant they belong to", () => {
  expect(readOptions(["--control", "http://127.0.0.1:4310/_control"], {}).tenant).toEqual({
    kind: "controlled",
    origin: "http://127.0.0.1:4310/",
    control: "http://127.0.0.1:4310/_control/",
    client: { client_id: "mfa-enroll-demo", client_secret: "mfa-enroll-demo-secret" },
  });
});

test.each([
  ["credentials are missing", ["--tenant", "https://tenant.example"], {}, "AUTH0_CLIENT_ID"],
  [
    "credentials would travel in the clear",
    ["--tenant", "http://tenant.example"],
    CREDENTIALS,
    "must be an https address",
  ],
  ["the address is none", ["--tenant", "tenant.example"], CREDENTIALS, "must be an https address"],
  ["a text is to go nowhere", ["--tenant", "https://tenant.example", "--send-texts"], CREDENTIALS, "TEST_PHONE"],
  ["a flag is unknown", ["--force"], {}, "--force"],
])("refuses to start when %s", (_what, args, environment, words) => {
  expect(() => readOptions(args, environment)).toThrow(words);
});
