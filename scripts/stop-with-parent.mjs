/** A quarter of a second: soon enough that the port is free again before anybody misses it. */
const LOOK_EVERY_MS = 250;

/**
 * Stops this process when the shell that npm started it from is gone: npm hands a signal to that shell alone, and without
 * this the server would live on and keep its port. Does nothing for a server that was not started by npm.
 */
export function stopWithParent() {
  if (!process.env.npm_lifecycle_event) return;
  const parent = process.ppid;
  const looking = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(looking);
    process.kill(process.pid, "SIGTERM");
  }, LOOK_EVERY_MS);
  looking.unref();
}
