import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import type { DrawPage } from "../bff/draw-page.ts";
import { ENROLL_PATH } from "./guest.tsx";
import { inlineOf, type PageAnswer, pageHeaders } from "./page-headers.ts";

/** Where the page is. */
export const PAGE_PATHS: readonly string[] = ["/", ENROLL_PATH];

/** Answers a navigation to the page; null for anything else. */
export type DrawnPage = (request: Request, from?: { peer: string | null }) => Promise<Response | null>;

const packed = promisify(gzip);

/**
 * Creates what answers a navigation to the page built in `directory`, with the headers of a page and the cookie that came with its
 * drawing.
 */
export function createDrawnPage({
  draw,
  directory,
  ...site
}: { draw: DrawPage; directory: string } & Omit<PageAnswer, "document" | "inline">): DrawnPage {
  const inline = inlineOf(readFileSync(join(directory, "index.html"), "utf8"));
  return async (request, from) => {
    if (!["GET", "HEAD"].includes(request.method) || !PAGE_PATHS.includes(new URL(request.url).pathname)) return null;
    const drawn = await draw(request, from);
    const headers = pageHeaders({ document: true, inline, ...site });
    for (const cookie of drawn.headers.getSetCookie()) headers.append("Set-Cookie", cookie);
    headers.set("Content-Type", "text/html; charset=utf-8");
    headers.set("Vary", "Accept-Encoding");
    const plain = Buffer.from(await drawn.arrayBuffer());
    const isPacked = /\bgzip\b/.test(request.headers.get("Accept-Encoding") ?? "");
    if (isPacked) headers.set("Content-Encoding", "gzip");
    const body = isPacked ? await packed(plain) : plain;
    headers.set("Content-Length", String(body.byteLength));
    return new Response(request.method === "HEAD" ? null : new Uint8Array(body), { headers });
  };
}
