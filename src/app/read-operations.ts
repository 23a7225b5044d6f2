/** Says how a node is looked after. Seconds are whole. */
export type OperationsSettings = {
  /** Where health, readiness and metrics are told; null for nowhere. */
  listener: { host: string; port: number } | null;
  /** How long a node that was asked to stop goes on serving, while load balancers find out. */
  drainSeconds: number;
};

/** Five seconds: a load balancer that asks every two has then heard twice that the node is leaving. */
const DRAIN_SECONDS = 5;

/**
 * Reads how a node is looked after, and adds a sentence to `problems` for each setting that is wrong. There is no port by default: two
 * nodes of one machine would quarrel over it.
 */
export function readOperations(env: Record<string, string | undefined>, problems: string[]): OperationsSettings {
  const host = env["MFA_OPERATIONS_HOST"]?.trim() || "127.0.0.1";
  const port = env["MFA_OPERATIONS_PORT"]?.trim() ?? "";
  if (port !== "" && !(/^\d{1,5}$/.test(port) && Number(port) <= 65_535))
    problems.push("MFA_OPERATIONS_PORT must be a port number.");
  const drain = env["MFA_DRAIN_SECONDS"]?.trim() || String(DRAIN_SECONDS);
  if (!/^\d{1,4}$/.test(drain)) problems.push("MFA_DRAIN_SECONDS must be a whole number of seconds.");
  return { listener: port === "" ? null : { host, port: Number(port) }, drainSeconds: Number(drain) };
}
