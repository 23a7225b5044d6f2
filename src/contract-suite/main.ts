import { createControlledTarget } from "./controlled-target.ts";
import { createInProcessTarget } from "./in-process-target.ts";
import { type Options, readOptions, USAGE } from "./options.ts";
import { createRemoteTarget } from "./remote-target.ts";
import { label, pick, report } from "./report.ts";
import { SUITE } from "./suite.ts";
import type { Target } from "./target.ts";

const write = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

async function openTarget(tenant: Options["tenant"]): Promise<Target> {
  switch (tenant.kind) {
    case "inProcess":
      return createInProcessTarget();
    case "controlled":
      return createControlledTarget(tenant);
    default: {
      const { mfaAudience, ...rest } = tenant;
      return createRemoteTarget({ ...rest, ...(mfaAudience === null ? {} : { mfaAudience }) });
    }
  }
}

async function main(): Promise<number> {
  const { help, list, only, tenant } = readOptions(process.argv.slice(2), process.env);
  if (help) {
    write(USAGE);
    return 0;
  }
  const chapters = only === null ? SUITE : pick(SUITE, only);
  if (list) {
    for (const { heading, behaviours } of chapters) write(`\n${[heading, ...behaviours.map(label)].join("\n  ")}`);
    return 0;
  }
  const target = await openTarget(tenant);
  write(`Contract suite against ${target.issuer}`);
  const { passed, failed } = await report(chapters, target, write);
  // A run that played nothing has shown nothing.
  return failed > 0 || passed === 0 ? 1 : 0;
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (reason: unknown) => {
    process.stderr.write(`${reason instanceof Error ? reason.message : String(reason)}\n`);
    process.exitCode = 1;
  },
);
