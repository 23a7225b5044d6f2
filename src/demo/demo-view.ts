import * as z from "zod/mini";

/** Parses what the demo can be switched to: the tenant's policy, its recovery codes, and the ways of signing in. */
export const demoSwitchesSchema = z.object({
  policy: z.enum(["never", "always"]),
  recoveryCodes: z.boolean(),
  ways: z.enum(["both", "redirect", "password"]),
});

/** Parses a change of some switches. */
export const demoChangeSchema = z.partial(z.strictObject(demoSwitchesSchema.shape));

/** Parses a scenario as it is told: what to do, what happens then, and a step of the clock that goes with it. */
const scenarioSchema = z.object({
  name: z.string(),
  title: z.string(),
  todo: z.string(),
  expect: z.string(),
  laterSeconds: z.optional(z.number()),
});

/** Parses the list of all scenarios. */
export const scenarioListSchema = z.array(z.object({ title: z.string(), scenarios: z.array(scenarioSchema) }));

/** Parses by how much the clock is to go ahead: up to a day. */
export const laterSchema = z.strictObject({ seconds: z.int().check(z.positive(), z.maximum(86_400)) });

/** Parses everything the dock shows about the demo itself; `now` is epoch ms of the demo's clock. */
export const demoViewSchema = z.object({
  now: z.number(),
  scenario: z.nullable(scenarioSchema),
  password: z.string(),
  people: z.array(z.object({ email: z.string(), about: z.string() })),
  switches: demoSwitchesSchema,
});

/** Describes what the demo can be switched to. */
export type DemoSwitches = z.infer<typeof demoSwitchesSchema>;

/** Describes a change of some switches. */
export type DemoChange = z.infer<typeof demoChangeSchema>;

/** Describes everything the dock shows about the demo itself. */
export type DemoView = z.infer<typeof demoViewSchema>;

/** Describes a scenario as it is told. */
export type ScenarioView = z.infer<typeof scenarioSchema>;

/** Describes the list of all scenarios. */
export type ScenarioList = z.infer<typeof scenarioListSchema>;
