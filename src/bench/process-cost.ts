import { readFileSync } from "node:fs";

/** Linux counts the time of processes in hundredths of a second (getconf CLK_TCK). */
const TICK_US = 10_000;

/** Returns the CPU time that a process has used so far in µs, with its threads; null where the system does not say. */
export function cpuMicroseconds(pid: number): number | null {
  let text: string;
  try {
    text = readFileSync(`/proc/${pid}/stat`, "utf8");
  } catch {
    return null;
  }
  // The name, in brackets, may hold spaces. After it, user and system time are the 12th and 13th fields (proc(5)).
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) * TICK_US;
}
