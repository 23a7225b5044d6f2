/**
 * Ends the process with 0 once `stop` has, at the first SIGINT or SIGTERM. The second one ends it at once, for somebody
 * who presses Ctrl-C again while a connection drains.
 */
export function stopOnSignal(stop: (signal: "SIGINT" | "SIGTERM") => Promise<void>): void {
  let stopping = false;
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.on(signal, () => {
      if (stopping) process.exit(1);
      stopping = true;
      stop(signal).then(
        () => process.exit(0),
        (error: unknown) => {
          console.error(error);
          process.exit(1);
        },
      );
    });
  }
}
