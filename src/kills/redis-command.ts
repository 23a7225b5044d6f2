import { connect } from "node:net";
import { readResp, type RespValue } from "./resp.ts";

/** Says one command to the Redis at a port of loopback and returns its answer; an error is its text. */
export function redisCommand(port: number, ...words: string[]): Promise<RespValue> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1");
    let answer = Buffer.alloc(0);
    socket.once("connect", () => {
      const parts = words.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`);
      socket.write(`*${words.length}\r\n${parts.join("")}`);
    });
    socket.on("data", (bytes) => {
      answer = Buffer.concat([answer, bytes]);
      const read = readResp(answer);
      if (read === null) return;
      socket.destroy();
      resolve(read.value);
    });
    socket.once("error", reject);
    socket.once("close", () => reject(new Error("The Redis closed the connection.")));
  });
}
