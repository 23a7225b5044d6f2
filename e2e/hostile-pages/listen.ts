import { once } from "node:events";
import type { Server } from "node:http";
import type { Server as TlsServer } from "node:https";

/** A server that listens on loopback. */
export interface Listening {
  port: number;
  /** Ends it with every connection that is open. */
  stop(): Promise<void>;
}

/** Lets a server listen on a free port of loopback. */
export async function listen(server: Server | TlsServer): Promise<Listening> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  return {
    port: typeof address === "object" && address ? address.port : 0,
    async stop() {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}
