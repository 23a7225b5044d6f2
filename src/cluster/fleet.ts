import { setTimeout as pause } from "node:timers/promises";
import { createNodeProcess, type NodeBuild, type NodeProcess } from "../kills/node-process.ts";

/** The nodes behind the load balancer. What is done to one is over before anything is done to the next. */
export type Fleet = {
  nodes: readonly NodeProcess[];
  /** Kills some nodes at once with SIGKILL, and starts them again after a while. */
  kill(howMany: number, downMs: number): Promise<void>;
  /** Stands one still for a while. */
  freeze(ms: number): Promise<void>;
  /** Stops and starts one after the other in an orderly way, as another build or with other settings. */
  roll(as: { env?: Record<string, string>; build?: NodeBuild }): Promise<void>;
};

/** Describes the nodes at `ports`, each with these settings, and starts them. */
export async function startFleet(
  ports: readonly number[],
  env: Record<string, string>,
  random: () => number,
): Promise<Fleet> {
  const nodes = ports.map((port) => createNodeProcess(port, env));
  const some = (howMany: number) => nodes.toSorted(() => random() - 0.5).slice(0, howMany);
  let present = env;
  await Promise.all(nodes.map((node) => node.start()));
  return {
    nodes,
    async kill(howMany, downMs) {
      const chosen = some(howMany);
      await Promise.all(chosen.map((node) => node.kill()));
      await pause(downMs);
      await Promise.all(chosen.map((node) => node.start()));
    },
    async freeze(ms) {
      const [node] = some(1);
      node?.signal("SIGSTOP");
      await pause(ms);
      node?.signal("SIGCONT");
    },
    async roll({ env: changed = {}, build }) {
      present = { ...present, ...changed };
      for (const node of nodes) {
        await node.stop();
        await node.start({ env: present, ...(build ? { build } : {}) });
      }
    },
  };
}
