import type { Notify } from "../bff/notices.ts";

/** The deliveries of notices between one start of the demo and the next. */
export interface Deliveries {
  /** Delivers; once they have ended it takes a notice and drops it. */
  notify: Notify;
  /** Lets none begin from now on, and resolves when those under way are over, however they end. */
  end(): Promise<void>;
}

/** Creates the deliveries of one start. BFFs deliver behind everybody's back, and go on when the demo starts over. */
export function createDeliveries(deliver: Notify): Deliveries {
  const underWay = new Set<Promise<void>>();
  let isOver = false;
  return {
    async notify(notice) {
      if (isOver) return;
      const delivery = deliver(notice);
      underWay.add(delivery);
      try {
        await delivery;
      } finally {
        underWay.delete(delivery);
      }
    },
    async end() {
      isOver = true;
      await Promise.allSettled(underWay);
    },
  };
}
