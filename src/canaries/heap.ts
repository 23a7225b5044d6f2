import type { Page } from "playwright";
import { isHeapSnapshot, type HeapSnapshot } from "./heap-snapshot.ts";

/**
 * Five seconds: what the page lets go of late, such as answers of the network and closures of timers, has gone by then.
 */
const SETTLES_MS = 5_000;

/**
 * Takes a snapshot of the memory of a page's scripts, in Chromium alone, once nothing in it is kept by chance: after five
 * seconds and a forced collection.
 */
export async function takeHeap(page: Page): Promise<HeapSnapshot> {
  const devtools = await page.context().newCDPSession(page);
  const chunks: string[] = [];
  devtools.on("HeapProfiler.addHeapSnapshotChunk", ({ chunk }) => chunks.push(chunk));
  await devtools.send("HeapProfiler.enable");
  await page.waitForTimeout(SETTLES_MS);
  // Twice: what the first collection finalises, such as weak references, the second one frees.
  await devtools.send("HeapProfiler.collectGarbage");
  await devtools.send("HeapProfiler.collectGarbage");
  await devtools.send("HeapProfiler.takeHeapSnapshot", { reportProgress: false });
  await devtools.detach();
  const snapshot: unknown = JSON.parse(chunks.join(""));
  if (!isHeapSnapshot(snapshot)) throw new Error("The browser's heap snapshot has another form.");
  return snapshot;
}
