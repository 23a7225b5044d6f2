import type { Errand } from "./schedule.ts";
import type { Sight } from "./screen.ts";

/** Returns what a person adds: numbers and addresses that nobody has. */
export function contactOf({ who, goal }: Errand): string {
  if (goal === "add email") return `${who}.other@example.com`;
  return { "add sms": "+12025550147", "add voice": "+12025550148", replace: "+12025550149", remove: "" }[goal];
}

/** Returns the name of the channel that a person chooses. */
export function channelOf({ goal }: Errand): string {
  if (goal === "add voice") return "Voice call";
  return goal === "add email" ? "Email" : "Text message";
}

/** Tells whether a screen says truthfully that the hour's messages are used up, and there is no code to go on with. */
export function isOutOfMessages({ heading, text }: Sight): boolean {
  if (/Too many (?:texts|calls|emails)/.test(text)) return true;
  const needsOne = heading === "Send another code?" || text.includes("This code has ended");
  return needsOne && text.includes("No more can be sent for now");
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
