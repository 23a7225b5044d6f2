const SHORT = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });

/** Returns an instant (epoch ms) as a phone shows it: hours and minutes. */
export function clockTime(at: number): string {
  return SHORT.format(at);
}
