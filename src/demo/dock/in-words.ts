/** Says a length of time as people do, in seconds below a minute and in whole minutes from there on. */
export function inWords(seconds: number): string {
  const [count, unit] = seconds < 60 ? [seconds, "second"] : [Math.round(seconds / 60), "minute"];
  return `${String(count)} ${unit}${count === 1 ? "" : "s"}`;
}
