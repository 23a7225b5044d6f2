import type { Fetch } from "../app/site.ts";
import type { Clock } from "../bff/clock.ts";

/** The connection between the page and the BFF, which can be made slow or made to lose answers. */
export interface PageLine {
  /** Each answer takes so long from now on. */
  slow(milliseconds: number): void;
  /** Loses the next answer to this path: the work is done, and the page never hears of it. */
  loseNext(path: string): void;
  /** Tells whether nothing is slow or will be lost. */
  isGood(): boolean;
  /** Is a good connection again. */
  mend(): void;
  /** Passes one request through. */
  pass(request: Request, handle: Fetch): Promise<Response>;
}

/** Creates a good connection. */
export function createPageLine(clock: Pick<Clock, "wait">): PageLine {
  let delayMs = 0;
  let losing = new Set<string>();
  return {
    slow(milliseconds) {
      delayMs = milliseconds;
    },
    loseNext(path) {
      losing.add(path);
    },
    isGood: () => delayMs === 0 && losing.size === 0,
    mend() {
      delayMs = 0;
      losing = new Set();
    },
    async pass(request, handle) {
      const { pathname } = new URL(request.url);
      const isLost = losing.delete(pathname);
      const answer = await handle(request);
      if (delayMs > 0) await clock.wait(delayMs);
      return isLost ? cutOff(answer) : answer;
    },
  };
}

/** The head of an answer whose body never comes, as when a connection breaks. */
function cutOff({ status }: Response): Response {
  const body = new ReadableStream({
    pull(controller) {
      controller.error(new Error("The demo has lost this answer."));
    },
  });
  return new Response(body, { status, headers: { "Content-Type": "application/json" } });
}
