/** What a person does on the tenant's pages: fetches with cookies, follows redirects within the tenant, fills forms. */
export interface Visitor {
  /** Opens an address and stays within the tenant: gives the page, or where the tenant sent the person away to. */
  open(url: string): Promise<Place>;
  /** Fills the form of the last page and presses a button, the first one when none is named. */
  submit(fields: Readonly<Record<string, string>>, action?: string): Promise<Place>;
  /** Signs in from an authorization address; the code is read when a page asks for one. Gives the way back to the application. */
  signIn(url: string, person: { username: string; password: string; readCode?: () => string }): Promise<URL>;
}

/** Where a step on the pages ends. */
export type Place =
  | { readonly kind: "page"; readonly status: number; readonly title: string; readonly html: string }
  | { readonly kind: "away"; readonly url: URL };

/** Creates a person with an empty browser in front of one tenant, without any network. */
export function createVisitor(fetch: (request: Request) => Promise<Response>, issuer: string): Visitor {
  const cookies = new Map<string, string>();
  let page = { html: "", url: issuer };

  async function go(url: string, form?: URLSearchParams): Promise<Place> {
    if (!url.startsWith(issuer)) return { kind: "away", url: new URL(url) };
    const headers = new Headers({ cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join("; ") });
    if (form !== undefined) headers.set("content-type", "application/x-www-form-urlencoded");
    const sent = form === undefined ? { headers } : { headers, method: "POST", body: form.toString() };
    const answer = await fetch(new Request(url, sent));
    for (const cookie of answer.headers.getSetCookie()) {
      const [pair = ""] = cookie.split(";");
      const [name = "", value = ""] = pair.split("=");
      if (value === "") cookies.delete(name);
      else cookies.set(name, value);
    }
    const location = answer.headers.get("location");
    if (location !== null) return go(new URL(location, url).href);
    const html = await answer.text();
    page = { html, url };
    return { kind: "page", status: answer.status, title: /<title>(.*)<\/title>/.exec(html)?.[1] ?? "", html };
  }

  async function submit(fields: Readonly<Record<string, string>>, action?: string): Promise<Place> {
    const path = /<form method="post" action="([^"]+)"/.exec(page.html)?.[1] ?? "";
    const state = /name="state" value="([^"]+)"/.exec(page.html)?.[1] ?? "";
    const button = action ?? /<button name="action" value="([^"]+)"/.exec(page.html)?.[1] ?? "";
    return go(new URL(path, page.url).href, new URLSearchParams({ state, ...fields, action: button }));
  }

  return {
    open: (url) => go(url),
    submit,
    async signIn(url, { username, password, readCode }) {
      let place = await go(url);
      if (place.kind === "page" && place.html.includes('name="password"')) place = await submit({ username, password });
      if (place.kind === "page" && place.html.includes('name="code"') && readCode !== undefined) {
        place = await submit({ code: readCode() });
      }
      if (place.kind === "page") throw new Error(`the tenant stays at: ${place.title}`);
      return place.url;
    },
  };
}
