/*
 * An independent imitation of an Auth0 tenant, as far as enrolling and proving second factors goes: OpenID Connect with
 * the tenant's own pages, the token endpoint with its MFA grants, the MFA API, and of the Management API what belongs to it. It exists so that the product can be
 * run, tested and shown without a real tenant. It must never know anything of the product: it imports its libraries only,
 * because an imitation that shared our reading of Auth0 would agree with our mistakes.
 */
import { Hono } from "hono";

import { answerJson, type Endpoint } from "./answer.ts";
import { associate } from "./associate.ts";
import { deleteAuthenticator, listAuthenticators } from "./authenticators.ts";
import { authorize } from "./authorize.ts";
import { challenge } from "./challenge.ts";
import { changeSettings, type SettingsPatch } from "./change-settings.ts";
import { type Client, demoClient, managementClient } from "./clients.ts";
import { createFaults, type Faults } from "./faults.ts";
import { createLedger, type Ledger } from "./ledger.ts";
import { createLimits } from "./limits.ts";
import { managementApi } from "./management-api.ts";
import { createMinted, type MintedSecret } from "./minted.ts";
import { oauthToken } from "./oauth-token.ts";
import { discovery, jwks, logout, notThere, revoke, userinfo } from "./oidc.ts";
import { createOutbox, type Outbox } from "./outbox.ts";
import { createPeople, type People, type PersonSeed, SEEDED_PEOPLE } from "./people.ts";
import { createPush, type Push } from "./push.ts";
import type { RandomBytes } from "./random.ts";
import { createSealed } from "./sealed.ts";
import { defaultSettings, type Settings } from "./settings.ts";
import { createShelf } from "./shelf.ts";
import { signInPage } from "./sign-in-pages.ts";
import { STYLESHEET } from "./stylesheet.ts";
import type { CodeMail, Tenant } from "./tenant.ts";
import { createTokens } from "./tokens.ts";
import type { Visit } from "./visit.ts";

/** What a tenant starts with. */
export interface SimulatorOptions {
  /** The tenant's name in tokens and addresses, such as `https://tenant.test/`; apart from where it listens. */
  readonly issuer: string;
  /** Epoch milliseconds; the system clock when absent. */
  readonly now?: () => number;
  /** The system's source of chance when absent. */
  readonly random?: RandomBytes;
  /** Waits for the faults that delay; real time when absent. */
  readonly wait?: (milliseconds: number) => Promise<void>;
  readonly settings?: SettingsPatch;
  /** The seeded people when absent. */
  readonly people?: readonly PersonSeed[];
  /** The demo application, without callbacks, and the one for the Management API when absent. */
  readonly clients?: readonly Client[];
  /** Carries mail with codes; without it mail goes to the outbox directly. */
  readonly sendMail?: (mail: CodeMail) => Promise<void>;
  /** Host of the page that asks for the code, for the last line of texts; no such line when absent. */
  readonly messageHost?: string;
}

/** A tenant in this process. */
export interface Simulator {
  readonly issuer: string;
  /** Answers what the tenant's address would; rejects with `ECONNRESET` where a fault says so. */
  readonly fetch: (request: Request) => Promise<Response>;
  readonly outbox: Outbox;
  readonly ledger: Ledger;
  readonly people: People;
  readonly clients: Client[];
  /** Change a member in place; the next request sees it. */
  readonly settings: Settings;
  readonly faults: Faults;
  readonly push: Push;
  /** Lists every secret handed out so far, seeded ones included and whatever was reset, for a scanner to look for. */
  minted(): readonly MintedSecret[];
  /** Goes back to how the tenant started, given settings included; listeners of the outbox stay. */
  reset(): void;
}

/** Creates a tenant. Nothing is shared between two of them but the key that signs. */
export function createSimulator(options: SimulatorOptions): Simulator {
  const issuer = options.issuer.endsWith("/") ? options.issuer : `${options.issuer}/`;
  const now = options.now ?? Date.now;
  const random = options.random ?? ((count) => crypto.getRandomValues(new Uint8Array(count)));
  const wait = options.wait ?? ((milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)));
  const settings = defaultSettings();
  changeSettings(settings, options.settings ?? {});
  const minted = createMinted();
  const visits = createShelf<Visit>(now);
  const tenant: Tenant = {
    issuer,
    mfaAudience: `${issuer}mfa/`,
    managementAudience: `${issuer}api/v2/`,
    now,
    random,
    settings,
    people: createPeople(options.people ?? SEEDED_PEOPLE, random, minted),
    clients: startingClients(options),
    ledger: createLedger(now),
    outbox: createOutbox(now),
    limits: createLimits(now),
    minted,
    sealed: createSealed(now, random, minted),
    tokens: createTokens({ issuer, now, random, minted }),
    codes: createShelf(now),
    refreshTokens: createShelf(now),
    sessions: createShelf(now),
    messageHost: options.messageHost,
    sendMail: options.sendMail,
  };
  const app = route(tenant, visits);
  const door = createFaults(wait);
  const { outbox, ledger, people, clients } = tenant;
  return {
    issuer,
    outbox,
    ledger,
    people,
    clients,
    settings,
    faults: door,
    push: createPush(tenant),
    minted: () => minted.list(),
    fetch: (request) => door.pass(request, async (passed) => app.fetch(passed)),
    reset() {
      changeSettings(settings, defaultSettings());
      changeSettings(settings, options.settings ?? {});
      const { codes, refreshTokens, sessions, limits, sealed, tokens } = tenant;
      people.reset();
      clients.splice(0, clients.length, ...startingClients(options));
      for (const part of [door, outbox, ledger, codes, refreshTokens, sessions, limits, sealed, tokens, visits])
        part.clear();
    },
  };
}

/** Copies, so that a list changed in place does not change what a reset goes back to. */
function startingClients({ clients }: SimulatorOptions): Client[] {
  return structuredClone([...(clients ?? [demoClient(), managementClient()])]);
}

function route(tenant: Tenant, visits: ReturnType<typeof createShelf<Visit>>): Hono {
  const app = new Hono();
  const json = (endpoint: Endpoint) => (context: { req: { raw: Request } }) => {
    return answerJson(tenant, context.req.raw, endpoint);
  };
  app.get("/.well-known/openid-configuration", json(discovery));
  app.get("/.well-known/jwks.json", json(jwks));
  app.get("/authorize", (context) => authorize(tenant, visits, context.req.raw));
  app.get("/u/style.css", () => {
    return new Response(STYLESHEET, {
      headers: { "content-type": "text/css; charset=utf-8", "cache-control": "max-age=300" },
    });
  });
  app.on(["GET", "POST"], "/u/:page", (context) => signInPage(tenant, visits, context.req.raw));
  app.on(["GET", "POST"], ["/v2/logout", "/oidc/logout"], (context) => logout(tenant, context.req.raw));
  app.on(["GET", "POST"], "/userinfo", json(userinfo));
  app.post("/oauth/token", json(oauthToken));
  app.post("/oauth/revoke", json(revoke));
  app.post("/mfa/associate", json(associate));
  app.post("/mfa/challenge", json(challenge));
  app.get("/mfa/authenticators", json(listAuthenticators));
  app.delete("/mfa/authenticators/:id", (context) => {
    const id = context.req.param("id");
    return answerJson(tenant, context.req.raw, (_tenant, request) => deleteAuthenticator(tenant, request, id));
  });
  app.route("/api/v2", managementApi(tenant));
  app.all("*", json(notThere));
  app.onError((error) => {
    throw error;
  });
  return app;
}
