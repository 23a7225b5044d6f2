import { describe, expect, test } from "vitest";
import { createEnrollmentClient } from "./enrollment-client.ts";

type Sent = { readonly url: string; readonly init: RequestInit };

const view = {
  now: 1,
  signIn: { ways: ["redirect"], problem: null },
  person: null,
  channels: [],
  phonePolicy: null,
  authenticators: null,
  can: { list: "no", add: "no", remove: "no" },
  proof: null,
  draft: null,
  noticesDelayed: false,
  flow: { step: "idle" },
};

/** What the BFF marks its answers with; written out here, because a page of last week looks for the same. */
const MARK = { "mfa-enroll-contract": "2" };

const answered = (body: unknown) => Response.json(body, { headers: MARK });

/** Answers text with the BFF's mark and a media type. */
const marked = (text: string | null, type = "application/json", status = 200) =>
  new Response(text, { status, headers: { ...MARK, "content-type": type } });

const problem = {
  type: "urn:mfa-enroll:problem:wrong_code",
  title: "Wrong code",
  status: 422,
  code: "wrong_code",
  correlationId: "c0ffee",
  attemptsLeft: 2,
};

/** Builds a client whose network gives one answer and notes what was sent. */
function clientOn(answer: () => Response | Promise<Response>) {
  const sent: Sent[] = [];
  const fetch = async (url: string, init: RequestInit) => {
    sent.push({ url, init });
    return answer();
  };
  return { sent, client: createEnrollmentClient({ fetch, baseUrl: "/api/mfa/", newKey: () => "fresh-key" }) };
}

describe("what is sent", () => {
  test("a start goes to its route with the person's key, the client's header and its body", async () => {
    const { client, sent } = clientOn(() => answered(view));
    await client.start({ channel: "email", contact: "river@mail.example" }, { key: "one-intent" });
    const [call] = sent;
    const headers = new Headers(call?.init.headers);
    expect(call?.url).toBe("/api/mfa/enrollment");
    expect(call?.init.method).toBe("POST");
    expect(call?.init.credentials).toBe("same-origin");
    expect(headers.get("idempotency-key")).toBe("one-intent");
    expect(headers.get("x-mfa-enroll")).toBe("1");
    expect(call?.init.body).toBe('{"channel":"email","contact":"river@mail.example"}');
  });

  test("a reading has no body, no key and is never taken from a cache", async () => {
    const { client, sent } = clientOn(() => answered(view));
    await client.session(null);
    const init = sent[0]?.init;
    expect(init?.method).toBe("GET");
    expect(init?.body).toBeUndefined();
    expect(init?.cache).toBe("no-store");
    expect(new Headers(init?.headers).has("idempotency-key")).toBe(false);
  });

  test("an intent that brings no key gets one", async () => {
    const { client, sent } = clientOn(() => answered(view));
    await client.acknowledge({});
    expect(new Headers(sent[0]?.init.headers).get("idempotency-key")).toBe("fresh-key");
  });
});

describe("what comes back", () => {
  test("an answer of the contract is an answer", async () => {
    const { client } = clientOn(() => answered(view));
    expect(await client.session(null)).toEqual({ kind: "answered", answer: view });
  });

  test("an answer may name its character set", async () => {
    const { client } = clientOn(() => marked(JSON.stringify(view), "application/json; charset=utf-8"));
    expect(await client.session(null)).toEqual({ kind: "answered", answer: view });
  });

  test("a Problem of the catalogue is a refusal, with what it carries", async () => {
    const { client } = clientOn(() => marked(JSON.stringify(problem), "application/problem+json", 422));
    expect(await client.confirm({ enrollmentId: "e", code: "123456" })).toEqual({ kind: "refused", problem });
  });

  test.each([
    ["a page of some proxy", () => new Response("<h1>Bad gateway</h1>", { status: 502 })],
    ["the page of a network that wants a sign-in", () => new Response("<h1>Welcome to our Wi-Fi</h1>")],
    ["JSON that the BFF has not marked", () => Response.json(view)],
    ["an answer that says it is a page", () => marked(JSON.stringify(view), "text/html")],
    ["an answer without a type", () => new Response(new Blob([JSON.stringify(view)]), { headers: MARK })],
    ["an answer that was cut short", () => marked(JSON.stringify(view).slice(0, -20))],
    ["an empty answer", () => marked(null)],
    ["an answer with the status of a failure", () => marked(JSON.stringify(view), "application/json", 500)],
    ["an error that is no Problem", () => Response.json({ error: "no" }, { status: 500 })],
    [
      "a Problem of somebody else",
      () =>
        new Response(JSON.stringify(problem), {
          status: 422,
          headers: { "content-type": "application/problem+json" },
        }),
    ],
    ["a Problem with the status of an answer", () => marked(JSON.stringify(problem), "application/problem+json")],
  ])("%s is garbled, never half understood", async (_, answer) => {
    const { client } = clientOn(answer);
    expect(await client.session(null)).toEqual({ kind: "garbled" });
    expect(await client.acknowledge({})).toEqual({ kind: "garbled" });
  });

  test.each([
    ["an answer", () => Response.json(view, { headers: { "mfa-enroll-contract": "3" } })],
    [
      "a refusal",
      () => new Response(JSON.stringify(problem), { status: 422, headers: { "mfa-enroll-contract": "0" } }),
    ],
    ["something that is no JSON", () => new Response("<p>", { headers: { "mfa-enroll-contract": "3" } })],
  ])(
    "%s that is marked with another contract says that the page is out of date, and is not read",
    async (_, answer) => {
      const { client } = clientOn(answer);
      expect(await client.session(null)).toEqual({ kind: "outdated" });
      expect(await client.acknowledge({})).toEqual({ kind: "outdated" });
    },
  );

  test("a connection that fails is unreachable and does not throw", async () => {
    const { client } = clientOn(() => Promise.reject(new TypeError("reset")));
    expect(await client.session(null)).toEqual({ kind: "unreachable" });
  });

  test("a connection that breaks in the middle of the answer is unreachable too", async () => {
    const broken = new ReadableStream({ start: (controller) => controller.error(new TypeError("reset")) });
    const { client } = clientOn(() => new Response(broken));
    expect(await client.session(null)).toEqual({ kind: "unreachable" });
  });
});
