import type { Behaviour } from "./behaviour.ts";
import { createStage } from "./stage.ts";
import { LACKS, type Target } from "./target.ts";

/** How one behaviour came out. */
export type Outcome =
  | { readonly kind: "ok" }
  | { readonly kind: "failed"; readonly why: string }
  | { readonly kind: "skipped"; readonly why: string };

/** Plays one behaviour against a tenant, from the tenant's start. Never rejects: whatever goes wrong is a failure with a reason. */
export async function play(behaviour: Behaviour, target: Target): Promise<Outcome> {
  const missing = behaviour.needs.find((need) => !target.offers.has(need));
  if (missing !== undefined) return { kind: "skipped", why: LACKS[missing] };
  try {
    await target.begin();
    await behaviour.run(createStage(target));
    return { kind: "ok" };
  } catch (reason) {
    return { kind: "failed", why: reason instanceof Error ? reason.message : String(reason) };
  }
}
