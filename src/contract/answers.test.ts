import { expect, test } from "vitest";
import * as z from "zod/mini";
import { answers } from "./answers.ts";
import { problemSchema } from "./problem.ts";
import { CONTRACT } from "./routes.ts";

/** What the page may be answered under each number of the contract, as a digest of all schemas. */
const DIGESTS: Readonly<Record<string, string>> = {
  "1": "ba8f1c298fb41b94",
  // Numbers are refused for reasons that the page of contract 1 has no sentence for.
  "2": "cad912c100aba3e4",
};

async function digestOf(schemas: readonly z.ZodMiniType[]): Promise<string> {
  const text = JSON.stringify(schemas.map((schema) => z.toJSONSchema(schema)));
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return [...new Uint8Array(digest).slice(0, 8)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

test("no answer changes its form without a thought for pages that were opened before the change", async () => {
  // A page trusts the number alone. If what changed could be misread by an earlier page, raise CONTRACT and add its digest
  // here; if it could not (a field more that nobody need read), replace the digest.
  expect(await digestOf([...Object.values(answers), problemSchema])).toBe(DIGESTS[CONTRACT]);
});
