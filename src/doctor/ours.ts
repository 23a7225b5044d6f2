import { readSettings, type Settings } from "../bff/settings.ts";

/** Our side: what the server would read from the same environment. */
export type Ours = Pick<Settings, "tenant" | "basePath" | "redisUrl" | "signInWays" | "channels" | "phonePolicy"> & {
  /** The application that replaces recovery codes; null where none is set. */
  recovery: Settings["management"];
  /** Null where it is missing or wrong. */
  publicUrl: string | null;
  /** The Management API's name, which is also its address; ends with `/api/v2/`. */
  managementBase: string;
  /** One sentence for each setting that is missing or wrong. */
  problems: readonly string[];
};

/** Without these nothing can be examined at all. */
const INDISPENSABLE = /^(?:AUTH0_DOMAIN|AUTH0_CLIENT_ID|AUTH0_CLIENT_SECRET)\b/;
/** The Management API's address, to which the doctor's token is sent: in the clear on this machine alone. */
const AUDIENCE = /^(?:https:\/\/[^\s/?#@]+|http:\/\/(?:127(?:\.\d{1,3}){3}|localhost|\[::1\])(?::\d+)?)\/api\/v2\/$/;
const NAME = "AUTH0_MANAGEMENT_AUDIENCE";
const IS_WRONG = "must be the tenant's own https address with /api/v2/ at its end.";
/** Stands in for a key that is missing, so that the other settings can be read; nothing is ever sealed with it. */
const NO_KEY = Buffer.alloc(32, 1).toString("base64");

/**
 * Reads our side from the environment. Settings that are wrong are told and left out, so that the rest can be looked at; only
 * without the tenant or the application's credentials there is nothing but sentences.
 */
export function readOurs(env: Record<string, string | undefined>): { ours: Ours } | { problems: readonly string[] } {
  const first = readSettings(env);
  const problems = "problems" in first ? first.problems : [];
  const hopeless = problems.filter((problem) => INDISPENSABLE.test(problem));
  if (hopeless.length > 0) return { problems: hopeless };
  const read = "settings" in first ? first : readSettings(withoutWrong(env, problems));
  if ("problems" in read) return { problems: [...new Set([...problems, ...read.problems])] };
  const { settings } = read;
  const isWrong = problems.some((problem) => problem.startsWith("MFA_PUBLIC_URL"));
  const named = env["AUTH0_MANAGEMENT_AUDIENCE"]?.trim();
  const { tenant, basePath, redisUrl, signInWays, channels, phonePolicy, management, publicUrl } = settings;
  const kept = { tenant, basePath, redisUrl, signInWays, channels, phonePolicy };
  const isNamed = named !== undefined && AUDIENCE.test(named);
  const managementBase = isNamed ? named : `${tenant.issuer}api/v2/`;
  const told =
    named && !isNamed ? [...problems.filter((one) => !one.startsWith(NAME)), `${NAME} ${IS_WRONG}`] : problems;
  return {
    ours: { ...kept, recovery: management, publicUrl: isWrong ? null : publicUrl, managementBase, problems: told },
  };
}

/** Gives the environment without the variables that a sentence begins with, and with stand-ins for the required ones. */
function withoutWrong(
  env: Record<string, string | undefined>,
  problems: readonly string[],
): Record<string, string | undefined> {
  const wrong = problems.flatMap((problem) => /^[A-Z0-9_]+/.exec(problem) ?? []);
  const kept = Object.fromEntries(Object.entries(env).filter(([name]) => !wrong.includes(name)));
  return {
    ...kept,
    MFA_PUBLIC_URL: kept["MFA_PUBLIC_URL"] ?? "https://unknown.invalid",
    MFA_SECRET_KEY: kept["MFA_SECRET_KEY"] ?? NO_KEY,
    // Which key is right cannot be told here, and the second one asks for it.
    MFA_SECRET_KEY_OTHER: undefined,
  };
}
