/** Says where a Redis is: one server, the servers of a cluster, or the sentinels that know the present master. */
export type RedisAddress = {
  kind: "single" | "cluster" | "sentinel";
  tls: boolean;
  hosts: { host: string; port: number }[];
  /** Empty where none is given. */
  username: string;
  password: string;
  /** The number of the database; a cluster has one alone. */
  db: number;
  /** What sentinels call the master, and the password that they themselves ask for; both empty elsewhere. */
  master: string;
  sentinelPassword: string;
};

/** The ports that Redis and its sentinels listen on by themselves. */
const REDIS_PORT = 6379;
const SENTINEL_PORT = 26_379;

/** `URL` cannot read more than one host. Scheme, form, user and password, hosts, database, query. */
const PARTS = /^(redis|rediss)(?:\+(cluster|sentinel))?:\/\/(?:([^@/?#]*)@)?([^@/?#]+)(?:\/(\d{1,3})?)?(?:\?([^#]*))?$/;
/** A name, an IPv4 address or an IPv6 address in brackets, and a port. */
const HOST = /^(?:\[([\da-f:.]+)\]|([\w.-]+))(?::(\d{1,5}))?$/i;

/**
 * Reads the address of a Redis: `redis://`, with `+cluster` or `+sentinel` for several hosts with commas, and `rediss` for TLS.
 * Returns a sentence that begins with "must" where it is none; it repeats nothing of the address, which may hold a password.
 */
export function parseRedisUrl(text: string): RedisAddress | { problem: string } {
  const parts = PARTS.exec(text);
  if (!parts)
    return {
      problem:
        "must be a redis:// or rediss:// address; redis+cluster:// and redis+sentinel:// take several hosts with commas.",
    };
  const [, scheme, form, credentials = "", hostList = "", db = "0", query = ""] = parts;
  const kind = form === "cluster" || form === "sentinel" ? form : "single";
  const fallback = kind === "sentinel" ? SENTINEL_PORT : REDIS_PORT;
  const hosts = hostList.split(",").map((each) => hostOf(each, fallback));
  const known = hosts.filter((host) => host !== null);
  if (known.length !== hosts.length) return { problem: "must name each host as host or host:port, with commas." };
  if (kind === "single" && known.length > 1)
    return { problem: "must name one host; several belong to redis+cluster:// or redis+sentinel://." };
  if (kind === "cluster" && Number(db) !== 0)
    return { problem: "must not name a database: a cluster has number 0 alone." };
  const options = new URLSearchParams(query);
  const allowed = kind === "sentinel" ? ["name", "sentinelPassword"] : [];
  if ([...options.keys()].some((key) => !allowed.includes(key)))
    return { problem: "must not have a query, but for name and sentinelPassword of redis+sentinel://." };
  const master = options.get("name") ?? "";
  if (kind === "sentinel" && master === "")
    return {
      problem: "must say which master the sentinels shall name, such as redis+sentinel://host/0?name=mymaster.",
    };
  const colon = credentials.indexOf(":");
  const username = decoded(colon < 0 ? credentials : credentials.slice(0, colon));
  const password = decoded(colon < 0 ? "" : credentials.slice(colon + 1));
  if (username === null || password === null) return { problem: "must have its user and password percent-encoded." };
  return {
    kind,
    tls: scheme === "rediss",
    hosts: known,
    username,
    password,
    db: Number(db),
    master,
    sentinelPassword: options.get("sentinelPassword") ?? "",
  };
}

function hostOf(text: string, fallback: number): { host: string; port: number } | null {
  const [, ipv6, name, port] = HOST.exec(text) ?? [];
  const host = ipv6 ?? name;
  if (host === undefined || Number(port ?? fallback) > 65_535) return null;
  return { host, port: Number(port ?? fallback) };
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
