import type { BuiltPage } from "./built-page.ts";
import { pageHeaders } from "./page-headers.ts";

/** Answers a request, as every door of this program does. */
export type Fetch = (request: Request) => Promise<Response>;

/** Puts the page and the BFF behind one door: what is below the BFF's base path is the BFF's, the rest is the page. */
export function createSite({
  page,
  bff,
  basePath,
  https,
}: {
  page: BuiltPage;
  bff: Fetch;
  basePath: string;
  https: boolean;
}): Fetch {
  return async (request) => {
    const { pathname } = new URL(request.url);
    if (pathname === basePath || pathname.startsWith(`${basePath}/`)) return bff(request);
    return page(request) ?? notFound(https);
  };
}

function notFound(https: boolean): Response {
  const headers = pageHeaders({ document: true, https });
  headers.set("Content-Type", "text/plain; charset=utf-8");
  return new Response("There is nothing here.\n", { status: 404, headers });
}
