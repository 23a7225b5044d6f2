import { changeSettings } from "./change-settings.ts";
import { demoClient, doctorClient, managementClient } from "./clients.ts";
import { DEMO_PASSWORD } from "./people.ts";
import { plantFaults } from "./plant-faults.ts";
import { startTenant } from "./serve-tenant.ts";
import { defaultSettings } from "./settings.ts";
import { readTenantOptions } from "./tenant-options.ts";

/** The port when `TENANT_PORT` is not set; next to nothing well known. */
const PORT = 4310;
/** The application's origin when `TENANT_APP_ORIGIN` is not set. */
const APP_ORIGIN = "http://127.0.0.1:4300";

async function main(line: readonly string[], environment: NodeJS.ProcessEnv): Promise<void> {
  const { brokenBy, tell } = readTenantOptions(line, () => Math.floor(Math.random() * 10_000));
  const signIn = (environment["TENANT_SIGN_IN"] ?? "redirect").split(",").map((way) => way.trim());
  if (!signIn.every((way) => way === "redirect" || way === "password"))
    throw new RangeError("TENANT_SIGN_IN must be redirect, password, or both with a comma");
  const port = environment["TENANT_PORT"] ?? String(PORT);
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) throw new RangeError("TENANT_PORT must be a port number");
  const policy = environment["TENANT_POLICY"] ?? "never";
  changeSettings(defaultSettings(), { policy });
  const app = new URL(environment["TENANT_APP_ORIGIN"] ?? APP_ORIGIN).origin;
  const callbacks = (environment["TENANT_CALLBACKS"] ?? `${app}/api/mfa/callback`).split(",").map((url) => url.trim());
  const origins = new Set([app, ...callbacks.map((url) => new URL(url).origin)]);
  const client = demoClient(
    callbacks,
    [...origins].flatMap((origin) => [origin, `${origin}/`]),
  );
  const management = managementClient();
  const doctor = doctorClient();
  const smtpUrl = environment["SMTP_URL"];
  const issuer = environment["TENANT_ISSUER"];
  const tenant = await startTenant({
    port: Number(port),
    settings: { policy: policy === "always" ? "always" : "never" },
    clients: [client, management, doctor],
    messageHost: new URL(app).hostname,
    ...(issuer === undefined ? {} : { issuer }),
    ...(smtpUrl === undefined ? {} : { smtpUrl }),
  });
  const planted =
    brokenBy === null
      ? []
      : plantFaults(tenant.simulator, { seed: brokenBy, signIn, realm: Boolean(environment["TENANT_REALM"]) });

  const lines = [
    "",
    `  Simulated tenant   ${tenant.origin}`,
    `  Messages (JSON)    ${tenant.controlUrl}/outbox`,
    `  Mail goes to       ${smtpUrl === undefined ? (tenant.mailbox?.url ?? "") : new URL(smtpUrl).host}`,
    `  Policy             ${policy}`,
    ...(brokenBy === null ? [] : [`  Broken by seed     ${brokenBy}`]),
    ...(tell ? [`  Faults             ${planted.join(", ")}`] : []),
    `  Callbacks          ${client.callbacks.join(", ")}`,
    `  People             ${tenant.simulator.people
      .list()
      .map(({ email }) => email)
      .join(", ")}`,
    `  Password           ${DEMO_PASSWORD}`,
    "",
    "  For the application, with an MFA_SECRET_KEY of its own:",
    `    export AUTH0_DOMAIN=${tenant.simulator.issuer.replace(/\/$/, "")}`,
    `    export AUTH0_CLIENT_ID=${client.id}`,
    `    export AUTH0_CLIENT_SECRET=${client.secret ?? ""}`,
    `    export AUTH0_MANAGEMENT_CLIENT_ID=${management.id}`,
    `    export AUTH0_MANAGEMENT_CLIENT_SECRET=${management.secret ?? ""}`,
    `    export MFA_PUBLIC_URL=${app}`,
    "",
    "  For whoever examines the tenant or mends it:",
    `    export AUTH0_DOCTOR_CLIENT_ID=${doctor.id}`,
    `    export AUTH0_DOCTOR_CLIENT_SECRET=${doctor.secret ?? ""}`,
    "",
    "  Ctrl-C stops it.",
    "",
  ];
  process.stdout.write(`${lines.join("\n")}\n`);

  const stop = (): void => {
    tenant.close().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.once("SIGINT", stop);
  process.once("SIGTERM", stop);
}

main(process.argv.slice(2), process.env).catch((reason: unknown) => {
  process.stderr.write(`${reason instanceof Error ? reason.message : String(reason)}\n`);
  process.exit(1);
});
