import { createServer, type Server, type Socket } from "node:net";
import { setTimeout as wait } from "node:timers/promises";

/** One thing that a hostile tenant does with a connection: writes bytes, waits for so many ms, breaks off, or says goodbye. */
export type Step = string | Uint8Array | number | { readonly then: "reset" | "end" };

/** A tenant that answers every request on its port with the same steps. */
export type TenantLine = {
  readonly origin: string;
  /** What the next requests are answered with. */
  say(steps: readonly Step[]): void;
  close(): Promise<void>;
};

/** Opens a port of this machine on which no HTTP library has a say. */
export async function openTenantLine(): Promise<TenantLine> {
  let steps: readonly Step[] = [];
  const sockets = new Set<Socket>();
  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    // The BFF hangs up on most of what is said here.
    socket.on("error", () => {});
    socket.on("data", () => {
      void follow(socket, steps);
    });
  });
  const port = await new Promise<number>((resolve) => {
    server.listen(0, "127.0.0.1", () => resolve(portOf(server)));
  });
  return {
    origin: `http://127.0.0.1:${port}`,
    say(next) {
      steps = next;
    },
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

async function follow(socket: Socket, steps: readonly Step[]): Promise<void> {
  for (const step of steps) {
    if (socket.destroyed) return;
    if (typeof step === "number") await wait(step);
    else if (typeof step === "string" || step instanceof Uint8Array) socket.write(step);
    else if (step.then === "reset") socket.resetAndDestroy();
    else socket.end();
  }
}

function portOf(server: Server): number {
  const address = server.address();
  if (typeof address !== "object" || address === null) throw new Error("The tenant has no port.");
  return address.port;
}
