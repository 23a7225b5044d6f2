import * as z from "zod/mini";

/** Parses what the demo can be switched to: the tenant's policy, its recovery codes, and the ways of signing in. */
export const demoSwitchesSchema = z.object({
  policy: z.enum(["never", "always"]),
  recoveryCodes: z.boolean(),
  ways: z.enum(["both", "redirect", "password"]),
});

/** Parses a change of some switches. */
export const demoChangeSchema = z.partial(z.strictObject(demoSwitchesSchema.shape));

/** Parses everything the dock shows about the demo itself. */
export const demoViewSchema = z.object({
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
