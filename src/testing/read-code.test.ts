import { createServer } from "node:http";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { lastMessageId, readCode, type ReadMessage } from "./read-code.ts";

let messages: ReadMessage[] = [];
let url = "";
const server = createServer((_request, answer) => {
  answer.setHeader("Content-Type", "application/json");
  answer.end(JSON.stringify(messages));
});

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  url = `http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}/`;
});
afterAll(() => server.close());

const text = (id: string, to: string, code: string): ReadMessage => ({ id, at: 0, channel: "sms", to, text: "", code });

beforeEach(() => {
  messages = [text("1", "+12025550100", "111111"), text("2", "+12025550101", "222222")];
});

it("reads the code that went to one number", async () => {
  expect(await readCode(url, { channel: "sms", to: "+12025550101" })).toBe("222222");
});

it("waits for a message that is newer than what was there before", async () => {
  const after = await lastMessageId(url);
  const reading = readCode(url, { channel: "sms", to: "+12025550100", after });
  messages = [...messages, text("10", "+12025550100", "333333")];
  expect(await reading).toBe("333333");
});

it("says which message did not come", async () => {
  const reading = readCode(url, { channel: "email", to: "nobody@example.com", withinMs: 0 });
  await expect(reading).rejects.toThrow("No email message came to nobody@example.com.");
});
