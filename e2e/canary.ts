import type { BrowserContext, Page } from "playwright/test";
import { isAtHome } from "../src/testing/homes.ts";
import { scanForSecrets, type Leak, type Secret, type Sighting } from "../src/testing/scan-for-secrets.ts";
import { watchEverything } from "../src/testing/witness.ts";
import type { Site } from "./servers.ts";

/** Looks through everything a visit left behind. */
export interface Canary {
  /** Keeps a secret in mind that only the test knows, such as a contact that was typed. */
  mind(kind: string, value: string): void;
  /** Everything that was found where it does not belong. */
  leaks(): Promise<readonly Leak[]>;
  /** Which kinds of secret were seen at all, at home or not: a scan that sees nothing would find nothing. */
  kindsSeen(): Promise<ReadonlySet<string>>;
}

/** Starts to watch a page of the pair of servers; to be called before it is opened. */
export async function createCanary(context: BrowserContext, page: Page, site: Site): Promise<Canary> {
  const witness = await watchEverything(context, page);
  const minded: Secret[] = [];

  async function gather(): Promise<{ secrets: Secret[]; sightings: Sighting[] }> {
    const sightings = [...(await witness.sightings())];
    for (const { name, text } of site.logs()) sightings.push({ sink: "log", where: name, text });
    const sessions = (await context.cookies(site.page))
      .filter(({ httpOnly }) => httpOnly)
      .map(({ value }): Secret => ({ kind: "our_session", value }));
    return { secrets: [...site.secrets, ...(await mintedBy(site)), ...sessions, ...minded], sightings };
  }

  function belongs({ kind }: Secret, { sink, where }: Sighting): boolean {
    // The tenant's own pages and cookies are between the person and the tenant, as they are with the real one.
    if (where.includes(` ${site.tenant}/`)) return !["client_secret", "secret_key", "our_session"].includes(kind);
    // It prints its made-up people and application, for whoever wants to try the production server with them.
    if (sink === "log" && where === "tenant") return ["client_secret", "username", "password"].includes(kind);
    return isAtHome({ kind }, { sink, where: where.replace(` ${site.page}/api/mfa`, " ") });
  }

  return {
    mind(kind, value) {
      minded.push({ kind, value });
    },
    async leaks() {
      return scanForSecrets({ ...(await gather()), belongs });
    },
    async kindsSeen() {
      const everything = scanForSecrets({ ...(await gather()), belongs: () => false });
      return new Set(everything.map(({ kind }) => kind));
    },
  };
}

/** Asks the tenant for every secret it has handed out so far. */
export async function mintedBy(site: Site): Promise<Secret[]> {
  const answer = await fetch(`${site.tenant}/_control/minted`);
  const list: unknown = await answer.json();
  if (!answer.ok || !Array.isArray(list)) throw new Error("The tenant does not tell what it has minted.");
  return list.filter(isSecret);
}

function isSecret(value: unknown): value is Secret {
  return typeof value === "object" && value !== null && "kind" in value && "value" in value;
}
