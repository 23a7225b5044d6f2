import { spawnSync } from "node:child_process";

const HOUR_MS = 3_600_000;
/**
 * How long a key of each kind may live at most. What is counted: a day. A visit, a typed contact and an unsaved recovery code: as
 * long as a visit can, eight hours. An account: thirty days, so that what is left at the tenant is known to whoever comes back weeks later.
 */
const AT_MOST_MS: Readonly<Record<string, number>> = {
  "mfa-enroll:{limit}": 24 * HOUR_MS,
  "mfa-enroll:session": 8 * HOUR_MS,
  "mfa-enroll:secret": 8 * HOUR_MS,
  "mfa-enroll:account": 30 * 24 * HOUR_MS,
  "mfa-enroll:link": 30 * 24 * HOUR_MS,
  "mfa-enroll:notices": 30 * 24 * HOUR_MS,
};

/** What a Redis holds, by the first word of its keys. */
export type StoreEnds = { keys: number; kinds: ReadonlyMap<string, number>; withoutEnd: string[]; tooLong: string[] };

/** Reads when each key of a Redis ends, and has it write everything it holds into a file. */
export function readStoreEnds(port: number): StoreEnds {
  const script =
    "local r={} for _,k in ipairs(redis.call('KEYS','*')) do r[#r+1]=k r[#r+1]=redis.call('PTTL',k) end return r";
  const [, list] = [ask(port, "SAVE"), ask(port, "EVAL", script, "0")];
  const lines = list.split("\n").filter(Boolean);
  const keys = lines
    .filter((_, index) => index % 2 === 0)
    .map((key, index) => ({ key, endsInMs: Number(lines[index * 2 + 1]) }));
  const kindOf = (key: string) => key.split(":").slice(0, 2).join(":");
  const kinds = new Map<string, number>();
  for (const { key } of keys) kinds.set(kindOf(key), (kinds.get(kindOf(key)) ?? 0) + 1);
  return {
    keys: keys.length,
    kinds,
    withoutEnd: keys.filter(({ endsInMs }) => !(endsInMs > 0)).map(({ key }) => kindOf(key)),
    tooLong: keys
      .filter(({ key, endsInMs }) => endsInMs > (AT_MOST_MS[kindOf(key)] ?? 0))
      .map(({ key }) => kindOf(key)),
  };
}

function ask(port: number, ...command: string[]): string {
  const done = spawnSync("redis-cli", ["-h", "127.0.0.1", "-p", String(port), "--raw", ...command], {
    maxBuffer: 2 ** 28,
  });
  if (done.status !== 0) throw new Error(`redis-cli: ${done.stderr.toString("utf8")}`);
  return done.stdout.toString("utf8");
}
