import { createServer } from "node:https";
import type { Certificate } from "./certificate.ts";
import { type Listening, listen } from "./listen.ts";

/*
 * A site of somebody else's, under whichever name it is asked. It holds nothing by itself: the tests tell it what to do.
 */

/** Strikes from a service worker as soon as it is told at whom. */
const WORKER = `
addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.claim()));
addEventListener("fetch", (event) => {
  const { searchParams, pathname } = new URL(event.request.url);
  if (pathname !== "/by-worker") return;
  const body = searchParams.get("body") ?? undefined;
  event.respondWith(fetch(searchParams.get("to"), { method: body === undefined ? "GET" : "POST", mode: "no-cors", credentials: "include", body }));
});`;

/** Starts the site on a free port. */
export async function startAttacker(certificate: Certificate): Promise<Listening> {
  const server = createServer(certificate, (incoming, outgoing) => {
    const { pathname, searchParams } = new URL(incoming.url ?? "", "https://attacker.test");
    const to = searchParams.get("to");
    if (pathname === "/worker.js") return outgoing.setHeader("Content-Type", "text/javascript").end(WORKER);
    // 307 keeps method and body (RFC 9110 section 15.4.8).
    if (pathname === "/redirect" && to !== null) return outgoing.writeHead(307, { Location: to }).end();
    if (pathname === "/cookies") {
      const lines = searchParams
        .getAll("line")
        .map((line) => `Set-Cookie: ${Buffer.from(line, "base64").toString("latin1")}\r\n`);
      // Past Node, which would write no byte that does not belong in a header.
      return incoming.socket.end(
        `HTTP/1.1 200 OK\r\n${lines.join("")}Content-Length: 0\r\nConnection: close\r\n\r\n`,
        "latin1",
      );
    }
    return outgoing.setHeader("Content-Type", "text/html").end("<!doctype html><title>Win a prize</title><body>");
  });
  return listen(server);
}
