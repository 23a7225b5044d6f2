import type { Problem } from "../contract/problem.ts";
import type { GuardName } from "./manifest.ts";

/** Describes a refusal before it becomes an answer: its code and what that code carries. */
export type Refusal = Problem extends infer P
  ? P extends Problem
    ? Omit<P, "type" | "title" | "status" | "correlationId">
    : never
  : never;

/** Carries a refusal from where it is decided to where it is answered. */
export class Refused extends Error {
  readonly refusal: Refusal;
  /** The guard that refused, for the log; null where it was not one. */
  readonly guard: GuardName | null;

  constructor(refusal: Refusal, guard: GuardName | null = null) {
    super(refusal.code);
    this.name = "Refused";
    this.refusal = refusal;
    this.guard = guard;
  }
}
