import { Cluster, Redis } from "ioredis";
import { parseRedisUrl, type RedisAddress } from "./redis-url.ts";

/** A connection to one Redis, to a cluster, or to the master that sentinels name. */
export type RedisClient = (Redis | Cluster) & {
  /** Settles with the first attempt to connect, so that a node that has just started does not refuse its first calls. */
  readonly opened: Promise<void>;
};

/** Several programs may share a Redis; ours are the keys below this. No braces: in a cluster each record has a slot of its own. */
const PREFIX = "mfa-enroll:";
/** One second: a Redis beside the node answers in one millisecond, and a person waits for whatever comes of it. */
const ANSWER_WITHIN_MS = 1_000;
/** Three answers that did not come: the machine is gone without a word, which the connection itself would notice in a quarter of an hour. */
const SILENT_FOR = 3;
/** A lost connection is tried again at once and then ever more slowly, up to once in a second. */
const RECONNECT_STEP_MS = 50;
const RECONNECT_AT_MOST_MS = 1_000;
/** One step to where a slot has moved, and a few while another node of a cluster takes over; all within the second. */
const MOVES_AT_MOST = 4;

/**
 * Creates a client and begins to connect. Where Redis does not answer, each call rejects within `answerWithinMs`: nothing waits in
 * a queue to be done later, unseen. Throws for an address that {@link parseRedisUrl} refuses.
 */
export function createRedisClient(
  url: string,
  { answerWithinMs = ANSWER_WITHIN_MS }: { answerWithinMs?: number } = {},
): RedisClient {
  const address = parseRedisUrl(url);
  if ("problem" in address) throw new Error(`The address of the Redis ${address.problem}`);
  const redis = address.kind === "cluster" ? clusterAt(address, answerWithinMs) : serverAt(address, answerWithinMs);
  // Each call reports its own failure; without a listener the library would print every one of them.
  redis.on("error", () => {});
  return Object.assign(redis, { opened: redis.connect().catch(() => {}) });
}

/** Runs a script: how many keys it has, the keys, and its arguments. */
type Script = (keys: number, ...asked: (string | number)[]) => Promise<unknown>;

/** Teaches a client a script under a name that is no command's, and returns what runs it: by its hash once Redis knows it. */
export function scriptOf(redis: RedisClient, name: string, lua: string): Script {
  redis.defineCommand(name, { lua });
  // The client's types do not know what is defined on it.
  const command: unknown = Reflect.get(redis, name);
  if (typeof command !== "function") throw new Error("The client defines no commands.");
  return async (...asked) => {
    const answer: unknown = await Reflect.apply(command, redis, asked);
    return answer;
  };
}

function serverAt(
  { kind, tls, hosts, db, master, sentinelPassword, ...account }: RedisAddress,
  withinMs: number,
): Redis {
  const options = { ...connectionOptions({ tls, ...account }, withinMs), ...common, db, retryStrategy: waitBefore };
  if (kind === "single") return new Redis({ ...options, ...hosts[0] });
  return new Redis({
    ...options,
    sentinels: hosts,
    name: master,
    ...(sentinelPassword === "" ? {} : { sentinelPassword }),
    sentinelCommandTimeout: withinMs,
    sentinelRetryStrategy: waitBefore,
    // Without the library's detector of failovers: one that comes while it connects ends the client for good (seen with 5.11.1).
    failoverDetector: false,
    enableTLSForSentinelMode: tls,
    ...(tls ? { sentinelTLS: {} } : {}),
  });
}

function clusterAt({ hosts, ...address }: RedisAddress, withinMs: number): Cluster {
  return new Cluster(hosts, {
    ...common,
    redisOptions: connectionOptions(address, withinMs),
    clusterRetryStrategy: waitBefore,
    slotsRefreshTimeout: withinMs,
    maxRedirections: MOVES_AT_MOST,
    // Names are looked up by the connection itself, which can then hold a certificate against them.
    dnsLookup: (host, done) => done(null, host),
  });
}

const common = {
  keyPrefix: PREFIX,
  lazyConnect: true,
  enableOfflineQueue: false,
  // The library's own question at each connection: a Redis that never answers it would be waited for.
  enableReadyCheck: false,
} as const;

/** What holds for each connection, whether it is the only one or one of a cluster's. */
function connectionOptions(
  { tls, username, password }: Pick<RedisAddress, "tls" | "username" | "password">,
  withinMs: number,
) {
  return {
    ...(username === "" ? {} : { username }),
    ...(password === "" ? {} : { password }),
    ...(tls ? { tls: {} } : {}),
    connectTimeout: withinMs,
    commandTimeout: withinMs,
    socketTimeout: withinMs * SILENT_FOR,
    disableClientInfo: true,
    enableReadyCheck: false,
    // What was under way when the connection broke is reported as failed; whoever asked knows whether it may be done again.
    maxRetriesPerRequest: 0,
    autoResendUnfulfilledCommands: false,
    // A server that has become a replica: the address leads to the new master by the next connection.
    reconnectOnError: (error: Error) => error.message.startsWith("READONLY"),
  };
}

function waitBefore(attempt: number): number {
  return Math.min(attempt * RECONNECT_STEP_MS, RECONNECT_AT_MOST_MS);
}
