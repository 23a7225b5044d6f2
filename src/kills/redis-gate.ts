import { connect, createServer, type Socket } from "node:net";
import { readResp } from "./resp.ts";

/** What a gate is told of a command: its name and, for our own writes, the key. */
export type SeenCommand = { name: string; key: string };

/** Decides about each command from the moment it is set: nothing, hold the command itself, or let it pass and hold its answer. */
export type Trap = (command: SeenCommand) => "pass" | "hold_command" | "hold_answer";

/** A door in front of Redis that reads what passes and can stop at a chosen command. */
export type RedisGate = {
  port: number;
  /** Resolves when the trap holds something; that connection then stands still until its node is gone. */
  set(trap: Trap): Promise<void>;
  clear(): void;
  /** Everything that nodes ever sent, for a scanner. */
  sent(): string;
  close(): void;
};

/** Opens a gate on a free port of loopback in front of the Redis at `redisPort`. */
export async function openRedisGate(redisPort: number): Promise<RedisGate> {
  let set: { trap: Trap; sprung: () => void } | null = null;
  const seen: string[] = [];
  const open = new Set<Socket>();

  const server = createServer((node) => {
    const redis = connect(redisPort, "127.0.0.1");
    let asked = Buffer.alloc(0);
    let answered = Buffer.alloc(0);
    /** One entry for each answer that is awaited: what to do when it comes. */
    const awaited: ((() => void) | null)[] = [];
    let still = false;
    for (const socket of [node, redis]) {
      open.add(socket);
      socket.setNoDelay(true);
      socket.on("error", () => socket.destroy());
      socket.on("close", () => {
        open.delete(socket);
        (socket === node ? redis : node).destroy();
      });
    }
    node.on("data", (bytes) => {
      seen.push(bytes.toString("utf8"));
      asked = Buffer.concat([asked, bytes]);
      for (let read = readResp(asked); read !== null && !still; read = readResp(asked)) {
        const decided = set?.trap(describe(read.value)) ?? "pass";
        const sprung = set?.sprung ?? null;
        if (decided === "hold_command") {
          still = true;
          sprung?.();
          return;
        }
        awaited.push(decided === "hold_answer" ? sprung : null);
        redis.write(asked.subarray(0, read.end));
        asked = asked.subarray(read.end);
      }
    });
    redis.on("data", (bytes) => {
      answered = Buffer.concat([answered, bytes]);
      for (let read = readResp(answered); read !== null && !still; read = readResp(answered)) {
        const sprung = awaited.shift() ?? null;
        if (sprung) {
          still = true;
          sprung();
          return;
        }
        node.write(answered.subarray(0, read.end));
        answered = answered.subarray(read.end);
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  return {
    port: typeof address === "object" && address ? address.port : 0,
    set: (trap) =>
      new Promise((sprung) => {
        set = { trap, sprung };
      }),
    clear() {
      set = null;
    },
    sent: () => seen.join(""),
    close() {
      for (const socket of open) socket.destroy();
      server.close();
    },
  };
}

/** `EVAL script 1 key …`, or `EVALSHA` with its hash, is a script of ours; every other command names its key first. */
function describe(value: unknown): SeenCommand {
  const words = Array.isArray(value) ? value.map(String) : [];
  const name = (words[0] ?? "").toLowerCase().replace(/^evalsha$/, "eval");
  return { name, key: words[name === "eval" ? 3 : 1] ?? "" };
}
