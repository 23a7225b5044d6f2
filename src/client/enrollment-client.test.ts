import { describe, expect, test } from "vitest";
import { createEnrollmentClient } from "./enrollment-client.ts";

type Sent = { readonly url: string; readonly init: RequestInit };

const view = {
  now: 1,
  signIn: { ways: ["redirect"], problem: null },
  person: null,
  channels: [],
  authenticators: null,
  can: { list: "no", add: "no", remove: "no" },
  proof: null,
  draft: null,
  flow: { step: "idle" },
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
    const { client, sent } = clientOn(() => Response.json(view));
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
    const { client, sent } = clientOn(() => Response.json(view));
    await client.session(null);
    const init = sent[0]?.init;
    expect(init?.method).toBe("GET");
    expect(init?.body).toBeUndefined();
    expect(init?.cache).toBe("no-store");
    expect(new Headers(init?.headers).has("idempotency-key")).toBe(false);
  });

  test("an intent that brings no key gets one", async () => {
    const { client, sent } = clientOn(() => Response.json(view));
    await client.acknowledge({});
    expect(new Headers(sent[0]?.init.headers).get("idempotency-key")).toBe("fresh-key");
  });
});

describe("what comes back", () => {
  test("an answer of the contract is an answer", async () => {
    const { client } = clientOn(() => Response.json(view));
    expect(await client.session(null)).toEqual({ kind: "answered", answer: view });
  });

  test("a Problem of the catalogue is a refusal, with what it carries", async () => {
    const problem = {
      type: "urn:mfa-enroll:problem:wrong_code",
      title: "Wrong code",
      status: 422,
      code: "wrong_code",
      correlationId: "c0ffee",
      attemptsLeft: 2,
    };
    const { client } = clientOn(() => Response.json(problem, { status: 422 }));
    expect(await client.confirm({ enrollmentId: "e", code: "123456" })).toEqual({ kind: "refused", problem });
  });

  test.each([
    ["a page of some proxy", () => new Response("<h1>Bad gateway</h1>", { status: 502 })],
    ["an error that is no Problem", () => Response.json({ error: "no" }, { status: 500 })],
    ["an answer with a field missing", () => Response.json({ ...view, flow: undefined })],
    ["an empty answer", () => new Response(null, { status: 200 })],
  ])("%s is garbled, never half understood", async (_, answer) => {
    const { client } = clientOn(answer);
    expect(await client.session(null)).toEqual({ kind: "garbled" });
  });

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
