/** What was read of the tenant, or why it could not be seen: a sentence for whoever runs the doctor. */
export type Seen<T> = { is: "seen"; value: T } | { is: "unseen"; why: string };

/** Says that something was read. */
export function seen<T>(value: T): Seen<T> {
  return { is: "seen", value };
}

/** Says why something could not be read. */
export function unseen(why: string): { is: "unseen"; why: string } {
  return { is: "unseen", why };
}
