/*
 * The doctor: says what stands between an Auth0 tenant and the first enrollment, and sets right what it can when it is told to.
 * It sees the tenant as anybody with its credentials does, over HTTP, and must never know how the server or the simulator work inside.
 */
import { readCredentials } from "./access-from.ts";
import { changeTenant } from "./change-tenant.ts";
import { examine, type Known } from "./examine.ts";
import { type Options, readOptions, USAGE } from "./options.ts";
import { readOurs } from "./ours.ts";
import { planOf } from "./plan.ts";
import { planText, stepJson } from "./plan-report.ts";
import { probe } from "./probe.ts";
import { exitCodeOf, jsonOf, textOf } from "./report.ts";
import { COULD_NOT_WORK, type Surroundings, writeJson } from "./surroundings.ts";

/** Runs the command and gives its exit code. Resolves in any case that it knows of. */
export async function runDoctor(around: Surroundings): Promise<number> {
  const options = optionsOf(around);
  if (typeof options === "number") return options;
  const read = readOurs({ ...around.env });
  if ("problems" in read) {
    around.complain(
      `The doctor reads your server's settings, and cannot do without these:\n  ${read.problems.join("\n  ")}\n`,
    );
    return COULD_NOT_WORK;
  }
  const credentials = await readCredentials(around.env, around.ask);
  if (credentials === null) {
    around.complain(`The doctor needs to see the tenant's settings. ${NO_CREDENTIALS}`);
    return COULD_NOT_WORK;
  }
  return report(around, options, { ours: read.ours, credentials });
}

const NO_CREDENTIALS = `Set one of these, and run it again:
  AUTH0_DOCTOR_CLIENT_ID and AUTH0_DOCTOR_CLIENT_SECRET
      of a machine-to-machine application (Applications > Applications > Create Application) that is authorized for the
      Auth0 Management API with read:clients read:connections read:tenant_settings read:guardian_factors
      read:phone_providers read:email_provider read:mfa_policies
  AUTH0_DOCTOR_TOKEN
      a token for that API (Applications > APIs > Auth0 Management API > API Explorer)
`;

function optionsOf({ args, write, complain }: Surroundings): Options | number {
  try {
    const options = readOptions(args);
    if (!options.help) return options;
    write(USAGE);
    return 0;
  } catch (reason) {
    complain(`${reason instanceof RangeError ? reason.message : "The options cannot be read."}\n`);
    return COULD_NOT_WORK;
  }
}

async function report(around: Surroundings, options: Options, known: Known): Promise<number> {
  const parts = await examine(around, known);
  if (options.probe && parts.length > 2) {
    const { send, code } = options;
    const findings = await probe(around, known.ours, { env: around.env, ask: around.ask, send, code });
    parts.push({ heading: "Probe", findings });
  }
  const steps = planOf(parts);
  if (options.json && options.mode === "examine") writeJson(around, jsonOf(parts));
  if (!options.json) around.write(textOf(parts, steps, around));
  if (options.mode === "apply") return changeTenant(around, options, { ...known, steps, parts });
  if (options.mode === "plan") {
    if (options.json) writeJson(around, { ...jsonOf(parts), plan: steps.map(stepJson) });
    else around.write(`\n${planText(steps, around)}`);
  } else if (!options.json && steps.length > 0) {
    around.write(`The doctor can set some of it right: --plan shows how, --apply does it.\n`);
  }
  return exitCodeOf(parts);
}
