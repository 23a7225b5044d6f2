import type { BuiltPage } from "./built-page.ts";
import { type PageAnswer, pageHeaders } from "./page-headers.ts";

/** Answers a request, as every door of this program does. */
export type Fetch = (request: Request) => Promise<Response>;

/** Puts the page and the BFF behind one door: what is below the BFF's base path is the BFF's, the rest is the page. */
export function createSite({
  page,
  bff,
  basePath,
  host = null,
  ...answer
}: {
  page: BuiltPage;
  bff: Fetch;
  basePath: string;
  /** The one host that is answered for: a name that somebody else points here gets nothing. Any by default. */
  host?: string | null;
} & Omit<PageAnswer, "document">): Fetch {
  return async (request) => {
    const { pathname, host: asked } = new URL(request.url);
    if (host !== null && asked !== host) return told(421, "This is not the host that was asked for.\n", answer);
    if (pathname === basePath || pathname.startsWith(`${basePath}/`)) return bff(request);
    return page(request) ?? told(404, "There is nothing here.\n", answer);
  };
}

function told(status: number, words: string, answer: Omit<PageAnswer, "document">): Response {
  const headers = pageHeaders({ document: true, ...answer });
  headers.set("Content-Type", "text/plain; charset=utf-8");
  return new Response(words, { status, headers });
}
