import type { Errand } from "./schedule.ts";
import type { Sight } from "./screen.ts";

/** Returns what a person adds: numbers and addresses that nobody has. */
export function contactOf({ who, goal }: Errand): string {
  if (goal === "add email") return `${who}.other@example.com`;
  return { "add sms": "+12025550147", "add voice": "+12025550148", replace: "+12025550149", remove: "" }[goal];
}

/** Tells whether the panel shows that the errand is done. */
export function isDone({ goal }: Errand, { methods, text }: Sight): boolean {
  const rows = methods ?? [];
  const has = (part: string) => rows.some((row) => row.includes(part));
  switch (goal) {
    case "remove":
      return text.includes("You have no sign-in methods yet");
    case "replace":
      return has("0149") && !has("0123");
    case "add email":
      return rows.some((row) => row.startsWith("Email") && !row.includes("It’s always on"));
    default:
      return has(goal === "add sms" ? "0147" : "0148");
  }
}
