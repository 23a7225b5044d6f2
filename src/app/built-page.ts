import { readdirSync, readFileSync } from "node:fs";
import { extname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { type Inline, inlineOf, type PageAnswer, pageHeaders } from "./page-headers.ts";

/*
 * Serves what the build made. Everything is read once at the start, so a request can name only what was there then: no
 * path is ever made from what a request says.
 */

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".png": "image/png",
  ".svg": "image/svg+xml",
};

interface BuiltFile {
  type: string;
  plain: Uint8Array<ArrayBuffer>;
  gzip: Uint8Array<ArrayBuffer>;
  inline: Inline;
}

/** Answers a request for a part of the page, or null where the page has no such part. */
export type BuiltPage = (request: Request, file?: string) => Response | null;

function read(directory: string): Map<string, BuiltFile> {
  const files = new Map<string, BuiltFile>();
  for (const entry of readdirSync(directory, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    const type = MEDIA_TYPES[extname(entry.name)];
    const name = path.slice(directory.length).replaceAll("\\", "/").replace(/^\/*/, "/");
    // The build's own notes (`.vite`) are not part of the page.
    if (!entry.isFile() || !type || name.startsWith("/.")) continue;
    const plain = new Uint8Array(readFileSync(path));
    const inline = inlineOf(name.endsWith(".html") ? Buffer.from(plain).toString("utf8") : "");
    files.set(name, { type, plain, gzip: new Uint8Array(gzipSync(plain, { level: 9 })), inline });
  }
  return files;
}

/**
 * Loads a built page. The returned function answers GET and HEAD for its files, `/` with the document, and any other name
 * with null; `file` answers with that file whatever the request's path is.
 */
export function loadBuiltPage({ directory, ...site }: { directory: string } & Omit<PageAnswer, "document">): BuiltPage {
  const files = read(directory);
  if (!files.has("/index.html")) throw new Error(`There is no built page in ${directory}.`);
  return (request, file) => {
    const { pathname } = new URL(request.url);
    const name = file ?? (pathname === "/" ? "/index.html" : pathname);
    const found = files.get(name);
    if (!found) return null;
    if (request.method !== "GET" && request.method !== "HEAD") {
      const headers = pageHeaders({ document: true, ...site });
      headers.set("Allow", "GET, HEAD");
      return new Response(null, { status: 405, headers });
    }
    const headers = pageHeaders({ document: name.endsWith(".html"), inline: found.inline, ...site });
    headers.set("Content-Type", found.type);
    headers.set("Vary", "Accept-Encoding");
    // Names below /assets/ hold a hash of what is in them; other names keep theirs when they change.
    if (name.startsWith("/assets/")) headers.set("Cache-Control", "public, max-age=31536000, immutable");
    else if (!name.endsWith(".html")) headers.set("Cache-Control", "public, max-age=3600");
    const packed = /\bgzip\b/.test(request.headers.get("Accept-Encoding") ?? "");
    if (packed) headers.set("Content-Encoding", "gzip");
    const body = packed ? found.gzip : found.plain;
    headers.set("Content-Length", String(body.byteLength));
    return new Response(request.method === "HEAD" ? null : body, { headers });
  };
}
