import type { BuiltPage } from "./built-page.ts";
import type { DrawnPage } from "./drawn-page.ts";
import { type PageAnswer, pageHeaders } from "./page-headers.ts";

/** Answers a request, as every door of this program does; told who is connected where that is known. */
export type Fetch = (request: Request, from?: { peer: string | null }) => Promise<Response>;

/** Puts the page and the BFF behind one door: what is below the BFF's base path is the BFF's, the rest is the page. */
export function createSite({
  page,
  drawn,
  bff,
  basePath,
  host = null,
  ...answer
}: {
  page: BuiltPage;
  /** Draws the page for whoever asks; without it the page is as it was built, and asks who is there by itself. */
  drawn?: DrawnPage | null;
  bff: Fetch;
  basePath: string;
  /** The one host that is answered for: a name that somebody else points here gets nothing. Any by default. */
  host?: string | null;
} & Omit<PageAnswer, "document">): Fetch {
  return async (request, from) => {
    const { pathname, host: asked } = new URL(request.url);
    if (host !== null && asked !== host) return told(421, "This is not the host that was asked for.\n", answer);
    if (pathname === basePath || pathname.startsWith(`${basePath}/`)) return bff(request, from);
    return (await drawn?.(request, from)) ?? page(request) ?? told(404, "There is nothing here.\n", answer);
  };
}

function told(status: number, words: string, answer: Omit<PageAnswer, "document">): Response {
  const headers = pageHeaders({ document: true, ...answer });
  headers.set("Content-Type", "text/plain; charset=utf-8");
  return new Response(words, { status, headers });
}
