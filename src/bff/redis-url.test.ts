import { expect, it } from "vitest";
import { parseRedisUrl } from "./redis-url.ts";

const single = {
  kind: "single",
  tls: false,
  hosts: [{ host: "redis.example.com", port: 6379 }],
  username: "",
  password: "",
  db: 0,
  master: "",
  sentinelPassword: "",
};

it.each([
  ["redis://redis.example.com", single],
  ["redis://redis.example.com/", single],
  ["rediss://redis.example.com:6380", { ...single, tls: true, hosts: [{ host: "redis.example.com", port: 6380 }] }],
  ["redis://node:p%40ss%3Aword@redis.example.com/3", { ...single, username: "node", password: "p@ss:word", db: 3 }],
  ["redis://:only-a-password@redis.example.com", { ...single, password: "only-a-password" }],
  ["redis://[::1]:7000", { ...single, hosts: [{ host: "::1", port: 7000 }] }],
  [
    "redis+cluster://127.0.0.1:7000,127.0.0.1:7001,node-3",
    {
      ...single,
      kind: "cluster",
      hosts: [
        { host: "127.0.0.1", port: 7000 },
        { host: "127.0.0.1", port: 7001 },
        { host: "node-3", port: 6379 },
      ],
    },
  ],
  [
    "rediss+cluster://:secret@cluster.example.com",
    { ...single, kind: "cluster", tls: true, password: "secret", hosts: [{ host: "cluster.example.com", port: 6379 }] },
  ],
  [
    "redis+sentinel://user:pass@s1,s2:5000/2?name=mymaster&sentinelPassword=a%26b",
    {
      ...single,
      kind: "sentinel",
      username: "user",
      password: "pass",
      db: 2,
      master: "mymaster",
      sentinelPassword: "a&b",
      hosts: [
        { host: "s1", port: 26_379 },
        { host: "s2", port: 5000 },
      ],
    },
  ],
])("reads %s", (url, address) => {
  expect(parseRedisUrl(url)).toEqual(address);
});

it.each([
  ["http://redis.example.com", "redis:// or rediss:// address"],
  ["redis.example.com:6379", "redis:// or rediss:// address"],
  ["redis+other://redis.example.com", "redis:// or rediss:// address"],
  ["redis://", "redis:// or rediss:// address"],
  ["redis://host/name", "redis:// or rediss:// address"],
  ["redis://one,two", "must name one host"],
  ["redis://host:port", "host or host:port"],
  ["redis://host:99999", "host or host:port"],
  ["redis+cluster://one,,two", "host or host:port"],
  ["redis+cluster://one,two/1", "must not name a database"],
  ["redis://host?name=mymaster", "must not have a query"],
  ["redis+sentinel://one,two", "which master"],
  ["redis+sentinel://one?name=a&family=6", "must not have a query"],
  ["redis://us%zz:pass@host", "percent-encoded"],
])("refuses %s with a sentence", (url, sentence) => {
  expect(parseRedisUrl(url)).toEqual({ problem: expect.stringContaining(sentence) });
});

it("repeats no password in the sentence that refuses it", () => {
  const secret = "d0-not-print";
  const urls = [`redis://user:${secret}@one,two`, `redis://user:${secret}%zz@host`, `other://user:${secret}@host`];
  for (const url of urls) expect(JSON.stringify(parseRedisUrl(url))).not.toContain(secret);
});
