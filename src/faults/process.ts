import type { BffOptions } from "../bff/bff-options.ts";
import type { Clock } from "../bff/clock.ts";
import type { Store } from "../bff/store.ts";
import type { Upstream, UpstreamAnswer, UpstreamRequest } from "../bff/upstream.ts";

/** A BFF's process as it can end: from one moment to the next nothing of it goes on. */
export type Process = {
  readonly parts: Required<Pick<BffOptions, "clock" | "store" | "upstream">>;
  /** Rejects when the process ends, as the connections to it do. */
  readonly end: Promise<never>;
  readonly kill: () => void;
};

/** What is around a process and outlives it. */
export type Around = {
  readonly clock: Clock;
  readonly store: Store;
  readonly upstream: Upstream;
  /** Told of each call to the tenant before it leaves and after it is answered; may end the process. */
  readonly onCall: (when: "before" | "after", request: UpstreamRequest, answer?: UpstreamAnswer) => void;
};

/** Creates a process. Once it has ended, everything it waits for stays away for ever. */
export function createProcess({ clock, store, upstream, onCall }: Around): Process {
  let isAlive = true;
  let reject: (error: Error) => void = () => {};
  const end = new Promise<never>((_, fail) => {
    reject = fail;
  });
  end.catch(() => {});
  const never = new Promise<never>(() => {});
  const living = async <T>(work: () => Promise<T>): Promise<T> => {
    if (!isAlive) return never;
    try {
      const result = await work();
      return isAlive ? result : await never;
    } catch (error) {
      if (!isAlive) return never;
      throw error;
    }
  };
  return {
    end,
    kill() {
      isAlive = false;
      reject(new TypeError("The connection was closed."));
    },
    parts: {
      clock: { now: clock.now, wait: (ms, signal) => living(() => clock.wait(ms, signal)) },
      store: {
        read: (id) => living(() => store.read(id)),
        write: (id, text, options) => living(() => store.write(id, text, options)),
        remove: (id) => living(() => store.remove(id)),
      },
      upstream: (request) =>
        living(async () => {
          onCall("before", request);
          if (!isAlive) return never;
          const answer = await upstream(request);
          if (!isAlive) return never;
          onCall("after", request, answer);
          return answer;
        }),
    },
  };
}
