/** Options of Node that open the process to a debugger, or write its memory or its environment to disk. */
const OPENING = [
  "--inspect",
  "--inspect-brk",
  "--inspect-port",
  "--inspect-wait",
  "--debug-port",
  "--heapsnapshot-signal",
  "--heapsnapshot-near-heap-limit",
  "--heap-prof",
  "--abort-on-uncaught-exception",
  "--report-on-signal",
  "--report-on-fatalerror",
  "--report-uncaught-exception",
];

/** Returns one sentence for each option of Node's that must not stand on a server which holds people's secrets. */
export function problemsOfFlags({ execArgv, nodeOptions }: { execArgv: string[]; nodeOptions: string }): string[] {
  const given = [...execArgv, ...nodeOptions.split(/\s+/)].map((flag) => flag.split("=")[0]?.replaceAll("_", "-"));
  return OPENING.filter((flag) => given.includes(flag)).map(
    (flag) => `${flag} would show what is in this process's memory: start Node without it.`,
  );
}

/** Keeps the debugger shut: without a listener of its own, Node opens one to whoever may send the process SIGUSR1. */
export function keepInspectorShut(heard: { on(signal: "SIGUSR1", listener: () => void): unknown }): void {
  heard.on("SIGUSR1", () => {});
}
