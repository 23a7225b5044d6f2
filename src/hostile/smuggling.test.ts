import { expect, test } from "vitest";
import { scenes } from "./scenes.ts";
import { complaintsOfText, sayTo } from "./socket.ts";
import { createWorld } from "./world.ts";

/** Writes a length and a coding in the ways in which two parsers have disagreed. `length` is the true one. */
const CONFLICTS: readonly ((length: number) => string)[] = [
  (length) => `content-length: ${length}\r\ntransfer-encoding: chunked`,
  (length) => `transfer-encoding: chunked\r\ncontent-length: ${length}`,
  (length) => `content-length: ${length}\r\ncontent-length: ${length + 1}`,
  (length) => `content-length: ${length}, ${length}`,
  (length) => `content-length: ${length};`,
  (length) => `content-length: +${length}`,
  (length) => `content-length: -${length}`,
  (length) => `content-length: 0x${length.toString(16)}`,
  (length) => `content-length: ${length}e0`,
  (length) => `content-length: ${length}.0`,
  (length) => `content-length: "${length}"`,
  (length) => `content-length: ${length} 0`,
  () => "content-length: ",
  () => "content-length: 99999999999999999999",
  (length) => `content-length : ${length}`,
  (length) => ` content-length: ${length}`,
  (length) => `content_length: ${length}`,
  (length) => `content-length\u00a0: ${length}`,
  () => "transfer-encoding: xchunked",
  () => "transfer-encoding: chunked, identity",
  () => "transfer-encoding: identity",
  () => "transfer-encoding: gzip, chunked",
  () => "transfer-encoding: chunked\r\ntransfer-encoding: identity",
  () => "transfer-encoding: chunked\r\ntransfer-encoding: chunked",
  () => "transfer-encoding : chunked",
  () => "transfer-encoding:\r\n chunked",
  () => "transfer-encoding: chunked;x=1",
  () => "transfer-encoding: \u000bchunked",
  () => "transfer-encoding: 'chunked'",
  (length) => `content-length: ${length}\ntransfer-encoding: chunked`,
];

test("no way to write a length makes one request be read as two, and the next request is an ordinary one", async () => {
  const world = await createWorld(scenes.start);
  const before = await world.look();
  for (const conflict of CONFLICTS) {
    // Behind the body stands what somebody would smuggle: another start, in the name of whoever comes next.
    const heard = await sayTo(world, world.wire(), (text) => {
      const second = text.replace("hostile-corpus", "hostile-second");
      return text.replace(/content-length: (\d+)/, (_, length) => conflict(Number(length))) + second;
    });
    expect({ conflict: conflict(9), complaints: complaintsOfText(heard) }).toEqual({
      conflict: conflict(9),
      complaints: [],
    });
  }
  expect(await world.look()).toEqual(before);
  expect((await world.send(world.wire())).status).toBe(200);
});
