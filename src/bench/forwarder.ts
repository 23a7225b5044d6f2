import { createServer, type ServerResponse } from "node:http";
import { Pool } from "undici";
import { answerOrders } from "./order.ts";

/*
 * The least that can stand between a browser and the tenant: node:http and undici's dispatch, with the cookie dropped, a token
 * added and small bodies kept whole. It knows no session, no limit and no contract; the BFF is measured against it.
 */

/** As long as the JWTs that Auth0 gives for the MFA audience. */
const TOKEN = "t".repeat(900);
/** As many as the BFF holds. */
const CONNECTIONS = 32;

/** Listens on a free port of loopback and forwards everything to the origin. */
export function runForwarder(origin: string): void {
  const pool = new Pool(origin, { connections: CONNECTIONS });
  const headers = [
    "content-type",
    "application/json",
    "accept",
    "application/json",
    "authorization",
    `Bearer ${TOKEN}`,
  ];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.once("end", () => forward(Buffer.concat(chunks), response));
  });

  function forward(body: Buffer, response: ServerResponse): void {
    let status = 502;
    const answered: Buffer[] = [];
    pool.dispatch(
      { method: "POST", path: "/mfa/associate", headers, body },
      {
        onConnect() {},
        onHeaders(code) {
          status = code;
          return true;
        },
        onData(chunk) {
          answered.push(chunk);
          return true;
        },
        onComplete() {
          const text = Buffer.concat(answered);
          response.writeHead(status, { "content-type": "application/json", "content-length": text.length });
          response.end(text);
        },
        onError() {
          response.writeHead(502).end();
        },
      },
    );
  }

  server.listen(0, "127.0.0.1", () => {
    const address = server.address();
    answerOrders(typeof address === "object" && address ? address.port : 0, async () => null);
  });
}
