import type { Simulator } from "../simulator/simulator.ts";

/** Who signs in on the tenant's pages, and which number they enroll where the tenant asks for one. */
export type Visitor = { username: string; enroll?: string | undefined };

/** A browser at the tenant, with the cookies it keeps for that site. */
export type TenantVisit = {
  /** Goes through the tenant's pages until they send the browser back to the application, and returns that address. */
  signIn(location: string, person: Visitor): Promise<string>;
};

/** A sign-in at the tenant takes at most login, where to send a code, code, phone, phone code, recovery code. */
const MOST_PAGES = 14;

/** Creates a browser that has not been at the tenant yet. `application` is the origin that ends a visit. */
export function createTenantVisit(simulator: Simulator, application: string): TenantVisit {
  const jar = new Map<string, string>();

  /** One step at the tenant: a page or a form. */
  async function visit(url: string, form?: Record<string, string>): Promise<Response> {
    const headers: Record<string, string> = { cookie: [...jar].map((pair) => pair.join("=")).join("; ") };
    const init: RequestInit = { headers, redirect: "manual" };
    if (form) {
      init.method = "POST";
      init.body = new URLSearchParams(form).toString();
      headers["content-type"] = "application/x-www-form-urlencoded";
    }
    const response = await simulator.fetch(new Request(url, init));
    keepCookies(jar, response);
    return response;
  }

  async function fillIn(path: string, response: Response, person: Visitor): Promise<Record<string, string>> {
    const newest = () => simulator.outbox.list().at(-1)?.code ?? "";
    if (path === "/u/login") return { username: person.username, password: "Enroll-Demo-1", action: "continue" };
    if (path === "/u/recovery-code") return { action: "continue" };
    const page = await response.text();
    // Who is still signed in over there is asked first where the code should go.
    const send = /Choose how you get a code/.test(page) ? /value="(send [^"]+)"/.exec(page)?.[1] : undefined;
    if (path === "/u/mfa") return send === undefined ? { code: newest(), action: "verify" } : { action: send };
    if (page.includes('name="phone"')) return { phone: person.enroll ?? "", action: "number" };
    return { code: newest(), action: "verify" };
  }

  return {
    async signIn(location, person) {
      let url = location;
      let response = await visit(url);
      for (let step = 0; step < MOST_PAGES; step += 1) {
        const next = response.headers.get("location");
        if (next !== null) {
          url = new URL(next, url).href;
          if (url.startsWith(application)) return url;
          response = await visit(url);
          continue;
        }
        const at = new URL(url);
        const state = at.searchParams.get("state") ?? "";
        const form = await fillIn(at.pathname, response, person);
        response = await visit(`${at.origin}${at.pathname}`, { state, ...form });
      }
      throw new Error(`The tenant stays at ${new URL(url).pathname}.`);
    },
  };
}

/** Keeps the cookies of an answer as a browser does. */
export function keepCookies(jar: Map<string, string>, response: Response): void {
  for (const line of response.headers.getSetCookie()) {
    const [pair = "", ...attributes] = line.split("; ");
    const at = pair.indexOf("=");
    if (attributes.includes("Max-Age=0")) jar.delete(pair.slice(0, at));
    else jar.set(pair.slice(0, at), pair.slice(at + 1));
  }
}
