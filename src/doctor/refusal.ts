import * as z from "zod/mini";
import { clean } from "./clean.ts";

/** How Auth0's two APIs say no: the Management API with `message`, the token endpoint with `error_description`. */
const refusalSchema = z.object({
  error: z.catch(z.optional(z.string()), undefined),
  error_description: z.catch(z.optional(z.string()), undefined),
  message: z.catch(z.optional(z.string()), undefined),
  errorCode: z.catch(z.optional(z.string()), undefined),
});

/** Gives the tenant's own words for a refusal, fit to be shown, or its status where it has none. */
export function wordsOf({ status, body }: { status: number; body: unknown }): string {
  const said = refusalSchema.safeParse(body).data;
  const words = said?.message ?? said?.error_description ?? said?.error;
  return words === undefined || words.trim() === "" ? `status ${status}` : `${status} "${clean(words)}"`;
}

/** Gives what programs tell refusals by: `errorCode` of the Management API, `error` of the token endpoint. */
export function codeOf(body: unknown): string | null {
  const said = refusalSchema.safeParse(body).data;
  return said?.errorCode ?? said?.error ?? null;
}
