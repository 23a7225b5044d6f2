import { CLIENT_HEADER } from "../contract/routes.ts";
import { Refused } from "./refused.ts";
import type { Settings } from "./settings.ts";

/*
 * Stands before every route: what does not come from our own page, in our own form, goes no further. The default refuses;
 * only the callback, a navigation from the tenant's page, has a door of its own.
 */

/** Four KiB: the longest body there is, a draft with the longest address, is under one. */
const MAX_BODY_BYTES = 4 * 1024;

/** Refuses a request for another host, from another site, or without the header that only our own script can set. */
export function guardOrigin(request: Request, settings: Settings): void {
  const page = new URL(settings.publicUrl);
  const host = request.headers.get("host");
  if (host !== null && host !== page.host) throw new Refused({ code: "request_refused" });
  if (request.headers.get(CLIENT_HEADER) !== "1") throw new Refused({ code: "request_refused" });
  const site = request.headers.get("sec-fetch-site");
  const origin = request.headers.get("origin");
  // Fetch metadata decides where there is any; an exact Origin stands in for it; neither is neither.
  if (site !== null && site !== "same-origin") throw new Refused({ code: "request_refused" });
  if (origin !== null && origin !== page.origin) throw new Refused({ code: "request_refused" });
  if (site === null && origin === null) throw new Refused({ code: "request_refused" });
}

/** Reads a JSON body within the bound. Refuses another media type, a longer body and what is not JSON. */
export async function readJson(request: Request): Promise<unknown> {
  const type = (request.headers.get("content-type") ?? "").toLowerCase().replaceAll(" ", "");
  if (type !== "application/json" && type !== "application/json;charset=utf-8")
    throw new Refused({ code: "unsupported_media_type" });
  if (Number(request.headers.get("content-length") ?? 0) > MAX_BODY_BYTES)
    throw new Refused({ code: "payload_too_large" });
  const bytes = await readBounded(request);
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    throw new Refused({ code: "invalid_request" });
  }
}

async function readBounded(request: Request): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = request.body?.getReader();
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
    size += part.value.length;
    if (size > MAX_BODY_BYTES) {
      await reader?.cancel();
      throw new Refused({ code: "payload_too_large" });
    }
    chunks.push(part.value);
  }
  return Buffer.concat(chunks);
}
