import type { BuiltPage } from "./built-page.ts";
import { type PageAnswer, pageHeaders } from "./page-headers.ts";

/** Answers a request, as every door of this program does. */
export type Fetch = (request: Request) => Promise<Response>;

/** Puts the page and the BFF behind one door: what is below the BFF's base path is the BFF's, the rest is the page. */
export function createSite({
  page,
  bff,
  basePath,
  ...answer
}: {
  page: BuiltPage;
  bff: Fetch;
  basePath: string;
} & Omit<PageAnswer, "document">): Fetch {
  return async (request) => {
    const { pathname } = new URL(request.url);
    if (pathname === basePath || pathname.startsWith(`${basePath}/`)) return bff(request);
    return page(request) ?? notFound(answer);
  };
}

function notFound(answer: Omit<PageAnswer, "document">): Response {
  const headers = pageHeaders({ document: true, ...answer });
  headers.set("Content-Type", "text/plain; charset=utf-8");
  return new Response("There is nothing here.\n", { status: 404, headers });
}
