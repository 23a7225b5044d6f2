/** Lets one at a time go on for each id, in the order in which they came, within this process. */
export type Turns = {
  /** Resolves when it is the caller's turn, with what ends it. */
  take(id: string): Promise<() => void>;
};

/** Creates turns. An id that nobody waits for is forgotten. */
export function createTurns(): Turns {
  const last = new Map<string, Promise<void>>();
  return {
    async take(id) {
      const before = last.get(id);
      let end = () => {};
      const turn = new Promise<void>((resolve) => {
        end = resolve;
      });
      last.set(id, turn);
      await before;
      return () => {
        if (last.get(id) === turn) last.delete(id);
        end();
      };
    },
  };
}
